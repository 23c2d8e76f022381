package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class MedianPrunerTest extends PrunerContract {
    private static final List<List<StepValue>> FIVE =
            List.of(curve(0.5, 0.70), curve(0.5, 0.72), curve(0.5, 0.74), curve(0.5, 0.76), curve(0.5, 0.78));

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse("median").pruner();
    }

    private PruneDecision decide(double... values) {
        return pruner().decide(request(Goal.MAXIMIZE, 5, curve(values), FIVE));
    }

    @Test
    void aTrialBelowTheMedianIsStopped() {
        assertThat(decide(0.6, 0.73))
                .isEqualTo(PruneDecision.stop(
                        "best so far 0.730000 at step 2 is worse than the median 0.740000 of 5 complete trials"));
    }

    @Test
    void aTrialAtTheMedianGoesOn() {
        assertThat(decide(0.6, 0.74).prune()).isFalse();
    }

    @Test
    void theBestOfTheTrialCountsNotTheLast() {
        assertThat(decide(0.75, 0.1).prune()).isFalse();
    }

    @Test
    void aTrialThatEndedEarlierCountsWithItsLastValue() {
        assertThat(decide(0.6, 0.6, 0.6, 0.73).prune()).isTrue();
    }

    @Test
    void fourCompleteTrialsAreTooFew() {
        // when
        PruneDecision decision = pruner().decide(request(Goal.MAXIMIZE, 4, curve(0.1, 0.1), FIVE.subList(0, 4)));

        // then
        assertThat(decision).isEqualTo(PruneDecision.goOn("4 of 5 start-up trials are complete"));
    }

    @Test
    void warmUpAndIntervalAreKept() {
        // given
        Pruner pruner = new MedianPruner(5, 2, 3);
        double[] bad = {0, 0, 0, 0, 0, 0};

        for (int step = 1; step <= 6; step++) {
            // when
            List<StepValue> steps = curve(bad).subList(0, step);
            PruneDecision decision = pruner.decide(request(Goal.MAXIMIZE, 5, steps, FIVE));

            // then
            assertThat(decision.prune()).as("step %d", step).isEqualTo(step == 2 || step == 5);
        }
    }

    @Test
    void nothingToCompareWithIsNoReasonToStop() {
        // given
        List<List<StepValue>> late =
                FIVE.stream().map(curve -> curve.subList(1, 2)).toList();

        // when
        PruneDecision decision = pruner().decide(request(Goal.MAXIMIZE, 5, curve(0), late));

        // then
        assertThat(decision).isEqualTo(PruneDecision.goOn("no complete trial has a value at step 1"));
    }

    @Test
    void impossibleSettingsAreRefused() {
        assertThatThrownBy(() -> new MedianPruner(0, 0, 1)).hasMessage("median.startupTrials: 0 is below 1.");
        assertThatThrownBy(() -> new StepValue(1, Double.NaN)).hasMessageContaining("not a finite number");
        assertThatThrownBy(() -> PrunerSpec.parse("mode"))
                .hasMessageStartingWith("pruner: \"mode\" is not known. Known: asha, auto, ");
    }
}
