package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import java.util.OptionalDouble;

/** What a trial had reported up to a step. */
final class Curves {
    private Curves() {}

    /** The best value of a list that is not empty. */
    static double best(Goal goal, List<StepValue> steps) {
        double best = steps.get(0).value();
        for (StepValue each : steps) {
            best = goal.best(best, each.value());
        }
        return best;
    }

    /** The value at this step, or the last one before it. */
    static OptionalDouble at(List<StepValue> steps, long step) {
        int place = upTo(steps, step) - 1;
        return place < 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(steps.get(place).value());
    }

    /** How many reports there are up to and including this step. */
    static int upTo(List<StepValue> steps, long step) {
        int low = 0;
        int high = steps.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (steps.get(middle).step() <= step) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
