package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Goal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThresholdPrunerTest extends PrunerContract {

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse(Map.of("threshold", Map.of("lower", -1, "upper", 2)))
                .pruner();
    }

    private static PruneDecision decide(Map<String, ?> options, double... values) {
        return PrunerSpec.parse(Map.of("threshold", options))
                .pruner()
                .decide(request(Goal.MINIMIZE, 0, curve(values), List.of()));
    }

    @Test
    void aValueOutOfBoundsStopsTheTrialAfterTheWarmUp() {
        Map<String, ?> options = Map.of("upper", 0.69, "warmupSteps", 2);
        assertThat(decide(options, 0.8)).isEqualTo(PruneDecision.goOn("step 1 is before the warm-up's end at 2"));
        assertThat(decide(options, 0.8, 0.69).prune()).isFalse();
        assertThat(decide(options, 0.8, 0.7)).isEqualTo(PruneDecision.stop("0.7 at step 2 is above 0.69"));
        assertThat(decide(Map.of("lower", 0.5), 0.4)).isEqualTo(PruneDecision.stop("0.4 at step 1 is below 0.5"));
    }

    @Test
    void aMissingBoundIsSaidAndSwappedOnesAreRefused() {
        assertThat(decide(Map.of(), 1e9).reason())
                .isEqualTo("no bound is given. Write for example {threshold: {upper: 0.69}}");
        assertThatThrownBy(() -> decide(Map.of("lower", 2, "upper", 1), 0))
                .hasMessage("pruner.threshold.lower: 2.0 is above upper 1.0. Maybe they are swapped.");
    }
}
