package io.homeostat.retune.warmstart;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Projection;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Enqueued;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a study tries before it asks its sampler. Trial 0 is the champion's configuration, re-fitted on the new data (or,
 * where it is not known, the trainer's defaults). All are seen in the space as it is now: a value it cannot take gives way to the
 * trainer's default, or the middle of the range.
 */
public final class FirstTrials {
    private static final String SHARE = WorldShare.NAME;
    private static final int MOST_RECALLED = 3;

    private FirstTrials() {}

    /**
     * The first trials of a search: where a change is known, the same follows on the rows since then alone, and the trainer's
     * defaults on these, for what was right for the world before may be far off in this one.
     *
     * @param space the space to search
     * @param champion who serves now, if anyone
     * @param snapshot the data
     */
    public static List<Enqueued> search(Space space, Optional<Incumbent> champion, Snapshot snapshot) {
        Enqueued first = first(champion, space, defaults(space));
        Integer since = snapshot.trainingSinceChange();
        Parameter share = space.parameters().get(SHARE);
        if (since == null || since == 0 || since >= snapshot.training() || share == null) {
            return List.of(first);
        }
        double newest = (double) since / snapshot.training();
        Object nearest = WorldShare.nearest(space, newest);
        String rows = " on the " + since + " rows since the change";
        Enqueued defaults = new Enqueued(defaults(space), "the trainer's defaults");
        Map<Configuration, Enqueued> trials = new LinkedHashMap<>();
        trials.put(first.configuration(), first);
        for (Enqueued trial : List.of(
                withShare(first, space, nearest, "the same" + rows),
                withShare(defaults, space, nearest, defaults.reason() + rows))) {
            trials.putIfAbsent(trial.configuration(), trial);
        }
        return List.copyOf(trials.values());
    }

    /**
     * The trials of a refit, in which nothing is searched: the champion's configuration, the same with twice its share of
     * the rows and with all of them (the longer ago a change, the more rows are of use again), the trainer's defaults,
     * and what earlier studies found, on all rows: the share they found was right for their moment.
     *
     * @param space the space to search
     * @param begin what a search would begin with, at least its first trial
     * @param recall what earlier studies found
     */
    public static List<Enqueued> refit(Space space, List<Enqueued> begin, Recall recall) {
        Configuration defaults = defaults(space);
        Enqueued first = begin.get(0);
        Map<Configuration, Enqueued> trials = new LinkedHashMap<>();
        begin.forEach(t -> trials.put(t.configuration(), t));
        withMoreRows(first, space).forEach(t -> trials.putIfAbsent(t.configuration(), t));
        trials.putIfAbsent(defaults, new Enqueued(defaults, "the trainer's defaults"));
        for (Recall.Recalled recalled : recall.best(MOST_RECALLED)) {
            Enqueued found = new Enqueued(recalled.configuration(), recalled.reason());
            Enqueued trial = withShare(found, space, 1, found.reason() + ", on all rows");
            trials.putIfAbsent(trial.configuration(), trial);
        }
        return List.copyOf(trials.values());
    }

    private static Configuration defaults(Space space) {
        return space.project(TrainerDefaults.LIGHTGBM).configuration();
    }

    private static Enqueued first(Optional<Incumbent> champion, Space space, Configuration defaults) {
        return champion.map(c -> refit(c, space, defaults))
                .orElseGet(() -> new Enqueued(defaults, "the trainer's defaults, for a first training"));
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

    private static Enqueued withShare(Enqueued first, Space space, Object share, String reason) {
        return new Enqueued(
                space.project(Map.of(SHARE, share), first.configuration()).configuration(), reason);
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

    private static String note(Projection seen) {
        return seen.filled().isEmpty() ? "" : " (new here or out of range: " + String.join(", ", seen.filled()) + ")";
    }
}
