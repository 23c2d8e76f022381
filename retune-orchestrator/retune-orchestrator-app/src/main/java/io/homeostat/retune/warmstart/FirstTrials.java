package io.homeostat.retune.warmstart;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.meta.transfer.Recommendation;
import io.homeostat.meta.transfer.Request;
import io.homeostat.meta.transfer.WarmConfiguration;
import io.homeostat.meta.transfer.WarmStart;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Projection;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Enqueued;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study tries before it asks its sampler: trial 0 is the champion's configuration, re-fitted on the new data (or,
 * where it is not known, the trainer's defaults); then what earlier studies found. All are seen in the space as it is
 * now: a value it cannot take gives way to the trainer's default, or the middle of the range.
 *
 * @param trials in order
 * @param sources the records that were used
 * @param ignored how many records were of no use
 */
public record FirstTrials(List<Enqueued> trials, List<String> sources, int ignored) {
    private static final String SHARE = "training_share";
    private static final int FEWEST = 3;
    private static final int MOST = 5;

    public FirstTrials {
        trials = List.copyOf(trials);
        sources = List.copyOf(sources);
    }

    /**
     * The first trials.
     *
     * @param space the space to search
     * @param champion who serves now, if anyone
     * @param metaFeatures what the data is like
     * @param memory records of earlier studies, of any model
     */
    public static FirstTrials of(
            ModelSpec spec,
            Space space,
            Optional<Incumbent> champion,
            Map<String, Double> metaFeatures,
            Collection<MetaRecord> memory) {
        Configuration defaults = space.project(TrainerDefaults.LIGHTGBM).configuration();
        Enqueued first = first(champion, space, defaults);
        int wanted = wanted(spec.retune().budget().trials());
        Recommendation warm = recommended(spec, space, metaFeatures, memory, wanted);
        List<Enqueued> trials = new ArrayList<>(List.of(first));
        warm.configurations().forEach(found -> trials.add(inSpace(found, space, first.configuration())));
        return new FirstTrials(trials, sources(warm), warm.ignoredInAll());
    }

    /**
     * The trials of a refit, in which nothing is searched: the champion's configuration, the same with twice its share of
     * the rows and with all of them (the longer ago a change, the more rows are of use again), the trainer's defaults,
     * and what earlier studies found, on all rows: the share they found was right for their moment.
     *
     * @param space the space to search
     * @param champion who serves now, if anyone
     * @param metaFeatures what the data is like
     * @param memory records of earlier studies, of any model
     */
    public static FirstTrials refit(
            ModelSpec spec,
            Space space,
            Optional<Incumbent> champion,
            Map<String, Double> metaFeatures,
            Collection<MetaRecord> memory) {
        Configuration defaults = space.project(TrainerDefaults.LIGHTGBM).configuration();
        Enqueued first = first(champion, space, defaults);
        Map<Configuration, Enqueued> trials = new LinkedHashMap<>();
        trials.put(first.configuration(), first);
        withMoreRows(first, space).forEach(t -> trials.putIfAbsent(t.configuration(), t));
        trials.putIfAbsent(defaults, new Enqueued(defaults, "the trainer's defaults"));
        Recommendation warm = recommended(spec, space, metaFeatures, memory, FEWEST);
        for (WarmConfiguration found : warm.configurations()) {
            Enqueued recalled = inSpace(found, space, first.configuration());
            Enqueued trial = withShare(recalled, space, 1, recalled.reason() + ", on all rows");
            trials.putIfAbsent(trial.configuration(), trial);
        }
        return new FirstTrials(List.copyOf(trials.values()), sources(warm), warm.ignoredInAll());
    }

    private static Enqueued first(Optional<Incumbent> champion, Space space, Configuration defaults) {
        return champion.map(c -> refit(c, space, defaults))
                .orElseGet(() -> new Enqueued(defaults, "first training: the trainer's defaults"));
    }

    private static List<Enqueued> withMoreRows(Enqueued first, Space space) {
        List<Enqueued> more = new ArrayList<>();
        if (first.configuration().values().get(SHARE) instanceof Number share && share.doubleValue() < 1) {
            if (share.doubleValue() < .5) {
                more.add(withShare(first, space, 2 * share.doubleValue(), "the same with twice the rows"));
            }
            more.add(withShare(first, space, 1, "the same with all rows"));
        }
        return more;
    }

    private static Recommendation recommended(
            ModelSpec spec, Space space, Map<String, Double> metaFeatures, Collection<MetaRecord> memory, int wanted) {
        Request request =
                new Request(spec.model(), spec.retune().trainer().trainerName(), metaFeatures, wanted, space::accepts);
        return WarmStart.recommend(request, TaskRecords.of(memory));
    }

    private static List<String> sources(Recommendation warm) {
        return warm.configurations().stream()
                .map(WarmConfiguration::sourceTask)
                .distinct()
                .toList();
    }

    private static Enqueued withShare(Enqueued first, Space space, double share, String reason) {
        return new Enqueued(
                space.project(Map.of(SHARE, share), first.configuration()).configuration(), reason);
    }

    /** An eighth of the trials, but 3 to 5, and never so many that nothing is left after trial 0. */
    private static int wanted(int trials) {
        return Math.min(trials - 1, Math.max(FEWEST, Math.min(MOST, trials / 8)));
    }

    private static Enqueued refit(Incumbent champion, Space space, Configuration defaults) {
        Map<String, Object> parameters = champion.parameters();
        if (parameters == null) {
            return new Enqueued(
                    defaults,
                    "the trainer's defaults, for the parameters of the champion " + champion.version()
                            + " are not known");
        }
        Projection seen = space.project(parameters, defaults);
        return new Enqueued(seen.configuration(), "the champion " + champion.version() + ", re-fitted" + note(seen));
    }

    private static Enqueued inSpace(WarmConfiguration found, Space space, Configuration fill) {
        Projection seen = space.project(found.parameters(), fill);
        return new Enqueued(seen.configuration(), found.reason() + note(seen));
    }

    private static String note(Projection seen) {
        return seen.filled().isEmpty() ? "" : " (new here or out of range: " + String.join(", ", seen.filled()) + ")";
    }
}
