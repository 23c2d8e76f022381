package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What every pruner keeps to; its test extends this. */
public abstract class PrunerContract {

    private static final Space SPACE = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));

    /** The pruner with its defaults. */
    protected abstract Pruner pruner();

    static List<StepValue> curve(double... values) {
        List<StepValue> steps = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            steps.add(new StepValue(i + 1, values[i]));
        }
        return steps;
    }

    /** A request with complete trials only. */
    static PrunerRequest request(Goal goal, int number, List<StepValue> steps, List<List<StepValue>> complete) {
        List<FinishedTrial> finished = new ArrayList<>();
        for (List<StepValue> curve : complete) {
            double value = curve.get(curve.size() - 1).value();
            finished.add(FinishedTrial.complete(finished.size(), SPACE.middle(), value)
                    .withSteps(curve));
        }
        return new PrunerRequest(
                new RunningTrial(number, SPACE.middle(), steps, Map.of()),
                History.of(SPACE, List.of(goal), finished),
                List.of(),
                1,
                OptionalLong.empty());
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
            PrunerRequest request = request(Goal.MAXIMIZE, 20, steps, random(random));

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
            PruneDecision up = pruner().decide(request(Goal.MAXIMIZE, 20, curve(2, 2, 2), others));
            PruneDecision down = pruner().decide(request(Goal.MINIMIZE, 20, curve(-1, -1, -1), others));

            // then
            assertThat(up.prune()).isFalse();
            assertThat(down.prune()).isFalse();
        }
    }
}
