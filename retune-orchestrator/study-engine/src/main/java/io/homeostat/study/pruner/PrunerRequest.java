package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import java.util.List;

/**
 * All that a pruner may know.
 *
 * @param goal whether less or more is better
 * @param trialNumber the trial in question, from 0
 * @param steps what it reported, in order of step, the newest last; at least one
 * @param completed what each complete trial reported, in order of step; trials without steps may be left out
 */
public record PrunerRequest(Goal goal, int trialNumber, List<StepValue> steps, List<List<StepValue>> completed) {

    public PrunerRequest {
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("steps: is empty. Ask after the first report.");
        }
        steps = List.copyOf(steps);
        completed = List.copyOf(completed);
    }

    /** The newest report. */
    public StepValue last() {
        return steps.get(steps.size() - 1);
    }
}
