package io.homeostat.study.insight;

import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialState;
import io.homeostat.study.trial.StepValue;
import java.util.List;

/**
 * What stopping trials early saved.
 *
 * @param pruned trials that were stopped
 * @param stepsRun steps that all trials ran
 * @param stepsSaved steps that the stopped ones would have run to the full step: the study's, or the last one of its
 *     longest complete trial
 * @param cpuMillisSaved processor time that these would have taken, at each stopped trial's own pace; 0 where no cost is
 *     known
 */
public record PruningSavings(int pruned, long stepsRun, long stepsSaved, long cpuMillisSaved) {

    /** The savings of a study. */
    public static PruningSavings of(StudyState state) {
        long full = state.spec()
                .budget()
                .fullStep()
                .orElseGet(() -> state.trials().stream()
                        .filter(trial -> trial.state() == TrialState.COMPLETE)
                        .mapToLong(PruningSavings::last)
                        .max()
                        .orElse(0));
        int pruned = 0;
        long run = 0;
        long saved = 0;
        double millis = 0;
        for (Trial trial : state.trials()) {
            long last = last(trial);
            run += last;
            if (trial.state() == TrialState.PRUNED) {
                long rest = Math.max(0, full - last);
                pruned++;
                saved += rest;
                millis += last == 0 ? 0 : (double) trial.cost().cpuMillis() / last * rest;
            }
        }
        return new PruningSavings(pruned, run, saved, Math.round(millis));
    }

    private static long last(Trial trial) {
        List<StepValue> steps = trial.steps();
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step();
    }

    /** Saved steps as a share of those it would have been; in [0, 1]. */
    public double share() {
        return stepsSaved == 0 ? 0 : (double) stepsSaved / (stepsSaved + stepsRun);
    }
}
