package io.homeostat.benchmarks.study;

import io.homeostat.study.objective.Objective;
import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Reported;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A study over recorded curves, one trial after the other; the rows of the table are drawn at random. */
final class PrunedStudy {
    private static final Instant NOW = Instant.EPOCH;

    private final CurveTable table;
    private StudyState state;
    private long epochs;

    /**
     * What came of it.
     *
     * @param regret of the best complete trial; 1, that of the table's median, if there is none
     * @param epochs trained in all
     * @param trials asked for
     */
    record Outcome(double regret, long epochs, int trials) {}

    private PrunedStudy(CurveTable table, Contender contender, long seed) {
        this.table = table;
        Space rows = Space.parse(Map.of("row", Map.of("int", List.of(0, table.losses().length - 1))));
        StudySpec spec = StudySpec.of("curves", rows, Objective.minimize("loss"))
                .withSampler(contender.sampler())
                .withPruner(contender.pruner())
                .withBudget(Budget.trials(1_000_000).withFullStep(table.epochs()))
                .withSeed(seed);
        state = Study.start(spec, List.of(), NOW);
    }

    /**
     * A way to stop trials early.
     *
     * @param key its name in the figures
     * @param pruner as it is written in a study's spec
     * @param sampler likewise
     */
    record Contender(String key, Object pruner, Object sampler) {
        Contender(String key, Object pruner) {
            this(key, pruner, "random");
        }
    }

    /** Runs until so many trials were asked for or so many epochs trained; a trial in the middle then is lost. */
    static Outcome run(CurveTable table, Contender contender, long seed, int trials, long epochs) {
        PrunedStudy study = new PrunedStudy(table, contender, seed);
        while (study.state.trials().size() < trials && study.epochs < epochs) {
            study.trial(epochs);
        }
        double regret = Results.best(study.state)
                .flatMap(Trial::value)
                .map(table::regret)
                .orElse(1.0);
        return new Outcome(regret, study.epochs, study.state.trials().size());
    }

    private void trial(long limit) {
        var asked = Study.ask(state, NOW);
        state = asked.state();
        Trial trial = asked.trial().orElseThrow();
        long chosen =
                (Long) Objects.requireNonNull(trial.configuration().values().get("row"));
        int row = Math.toIntExact(chosen);
        double[] curve = table.losses()[row];
        for (int epoch = resumedAt(trial); epoch < curve.length; epoch++) {
            if (epochs == limit) {
                return;
            }
            epochs++;
            Reported reported = Study.report(state, trial.number(), 1, epoch + 1L, curve[epoch], NOW);
            state = reported.state();
            if (reported.decision().prune()) {
                return;
            }
        }
        state = Study.tell(state, trial.number(), TrialResult.value(curve[curve.length - 1]), NOW)
                .state();
    }

    private static int resumedAt(Trial trial) {
        return Integer.parseInt(trial.origin().notes().getOrDefault(Rungs.FROM_STEP, "0"));
    }
}
