package io.homeostat.meta.method;

import io.homeostat.meta.method.FirstThen.First;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.sampler.Unseen;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.RunningTrial;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The sampler of {@link AutoTransfer}: asks the first list and then the warm model, or a cold sampler. Who suggested a trial is
 * in its notes.
 */
final class WarmSampler implements Sampler {
    /** Trials up to which the past is asked. */
    static final int MOST_TRIALS = 200;

    /** The note of who suggested a trial. */
    static final String NOTE = "transfer";

    private static final String WARM = "warm";
    static final String COLD = "cold";
    private static final int FIRST_WARM = 5;
    private static final int EARLY = 20;
    private static final double EARLY_COLD = 0.25;
    private static final double LATE_COLD = 0.5;

    private final Past past;
    private final Sampler cold;
    private final List<First> first;
    private final WarmModel model;

    /**
     * @param past with at least one task
     * @param extent how many points it looks at
     */
    WarmSampler(Past past, Sampler cold, Candidates extent) {
        this.past = past;
        this.cold = cold;
        first = first(past);
        model = new WarmModel(past, extent);
    }

    private static List<First> first(Past past) {
        Optional<PastTask> serving = past.tasks().stream()
                .filter(task -> past.own(task) && !task.record().wentBadly())
                .findFirst();
        return serving.map(task -> List.of(new First(
                        task.configurations().get(0),
                        "the best of the model's newest task " + task.record().taskId())))
                .orElseGet(() -> Portfolio.list(past, FIRST_WARM));
    }

    /** How much each task of the past counts, the largest being 1; in the order of the past. */
    List<Double> weights() {
        return model.weights();
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        int started = request.finished().size() + request.running().size();
        if (request.goals().size() > 1 || started >= MOST_TRIALS) {
            return cold.suggest(request);
        }
        WarmModel.Reading reading = model.read(request);
        if (coldIsNext(request, reading.trust())) {
            return noted(cold.suggest(request), COLD);
        }
        return warm(request, reading)
                .map(suggestion -> noted(suggestion, WARM))
                .orElseGet(() -> noted(cold.suggest(request), COLD));
    }

    private Optional<Suggestion> warm(SamplerRequest request, WarmModel.Reading reading) {
        Unseen unseen = new Unseen(request);
        Optional<Suggestion> next = FirstThen.next(first, unseen)
                .map(each -> new Suggestion(each.configuration(), "auto: " + each.reason()));
        return next.isPresent() ? next : reading.best(unseen).map(found -> promising(found, reading));
    }

    private Suggestion promising(Configuration configuration, WarmModel.Reading reading) {
        return new Suggestion(
                configuration,
                String.format(
                        Locale.ROOT,
                        "auto: promises most by %d earlier tasks, which are trusted by %.2f",
                        past.tasks().size(),
                        reading.trust()));
    }

    /* Whether one more cold trial does not exceed its share. */
    private static boolean coldIsNext(SamplerRequest request, double trust) {
        long colds = count(request, COLD);
        long trials = count(request, WARM) + colds + 1;
        return colds + 1 <= Math.max(leastCold(trials), (1 - trust) * trials);
    }

    /* However right the past is: none of the first five, the sixth, every fourth up to twenty, then every second. */
    private static double leastCold(long trials) {
        if (trials <= FIRST_WARM) {
            return 0;
        }
        return 1 + EARLY_COLD * (Math.min(trials, EARLY) - FIRST_WARM - 1) + LATE_COLD * Math.max(0, trials - EARLY);
    }

    private static long count(SamplerRequest request, String by) {
        Stream<Map<String, String>> notes = Stream.concat(
                request.finished().stream().map(FinishedTrial::notes),
                request.running().stream().map(RunningTrial::notes));
        return notes.filter(each -> by.equals(each.get(NOTE))).count();
    }

    private static Suggestion noted(Suggestion suggestion, String by) {
        Map<String, String> notes = new HashMap<>(suggestion.notes());
        notes.put(NOTE, by);
        return suggestion.withNotes(notes);
    }
}
