package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every pruner keeps to; its test extends this. */
public abstract class PrunerContract {

    /** The pruner with its defaults. */
    protected abstract Pruner pruner();

    static List<StepValue> curve(double... values) {
        List<StepValue> steps = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            steps.add(new StepValue(i + 1, values[i]));
        }
        return steps;
    }

    private static List<List<StepValue>> random(SplittableRandom random) {
        List<List<StepValue>> curves = new ArrayList<>();
        for (int i = random.nextInt(12); i > 0; i--) {
            curves.add(curve(random.doubles(1 + random.nextInt(20)).toArray()));
        }
        return curves;
    }

    @Test
    void theDecisionDependsOnTheRequestOnlyAndHasAReason() {
        for (long seed = 0; seed < 200; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            List<StepValue> steps = curve(random.doubles(1 + random.nextInt(20)).toArray());
            PrunerRequest request = new PrunerRequest(Goal.MAXIMIZE, 20, steps, random(random));

            // when
            PruneDecision decision = pruner().decide(request);

            // then
            assertThat(pruner().decide(request)).isEqualTo(decision);
            assertThat(decision.reason()).isNotBlank();
        }
    }

    @Test
    void theBestTrialIsNeverStopped() {
        for (long seed = 0; seed < 200; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            List<List<StepValue>> others = random(random);

            // when
            PruneDecision up = pruner().decide(new PrunerRequest(Goal.MAXIMIZE, 20, curve(2, 2, 2), others));
            PruneDecision down = pruner().decide(new PrunerRequest(Goal.MINIMIZE, 20, curve(-1, -1, -1), others));

            // then
            assertThat(up.prune()).isFalse();
            assertThat(down.prune()).isFalse();
        }
    }
}
