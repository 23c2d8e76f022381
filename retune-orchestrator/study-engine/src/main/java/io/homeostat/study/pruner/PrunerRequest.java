package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import java.util.OptionalLong;

/**
 * All that a pruner may know. A pruner's own parameters are given when it is made.
 *
 * @param trial the trial in question with what it reported in order of step, the newest last; at least one
 * @param finished trials that have ended, whichever way, with what they reported; in any order
 * @param running the other trials that have not ended, with what they reported so far; in any order
 * @param seed the study's seed, for pruners that draw lots
 * @param fullStep the last step of a trial that is not stopped early; empty if the study does not say
 */
public record PrunerRequest(
        RunningTrial trial, History finished, List<RunningTrial> running, long seed, OptionalLong fullStep) {

    public PrunerRequest {
        if (trial.steps().isEmpty()) {
            throw new IllegalArgumentException("steps: is empty. Ask after the first report.");
        }
        running = List.copyOf(running);
    }

    /** Whether less or more is better: reports are values of the first objective. */
    public Goal goal() {
        return finished.goals().get(0);
    }

    /** Number of the trial in question, from 0. */
    public int trialNumber() {
        return trial.number();
    }

    /** What the trial in question reported, in order of step, the newest last. */
    public List<StepValue> steps() {
        return trial.steps();
    }

    /** The newest report. Its step is an epoch, a boosting round, or the index of a fold. */
    public StepValue last() {
        return steps().get(steps().size() - 1);
    }

    /** What each complete trial reported, in order of step, of those that reported at all. */
    public List<List<StepValue>> completed() {
        return finished.stream()
                .filter(FinishedTrial::complete)
                .map(FinishedTrial::steps)
                .filter(reported -> !reported.isEmpty())
                .toList();
    }
}
