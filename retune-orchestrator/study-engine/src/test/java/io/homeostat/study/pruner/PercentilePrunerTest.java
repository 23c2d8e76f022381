package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import org.junit.jupiter.api.Test;

class PercentilePrunerTest extends PrunerContract {
    private static final List<List<StepValue>> FIVE =
            List.of(curve(0.5, 0.70), curve(0.5, 0.72), curve(0.5, 0.74), curve(0.5, 0.76), curve(0.5, 0.78));

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse("percentile").pruner();
    }

    @Test
    void theBestQuarterIsKept() {
        assertThat(pruner().decide(request(Goal.MAXIMIZE, 5, curve(0.5, 0.75), FIVE)))
                .isEqualTo(
                        PruneDecision.stop("best so far 0.750000 at step 2 is worse than the limit of the best 25.0 %,"
                                + " 0.760000 of 5 complete trials"));
        assertThat(pruner().decide(request(Goal.MAXIMIZE, 5, curve(0.5, 0.76), FIVE))
                        .prune())
                .isFalse();
        assertThat(pruner().decide(request(Goal.MINIMIZE, 5, curve(0.75, 0.73), FIVE))
                        .prune())
                .isTrue();
        assertThat(pruner().decide(request(Goal.MINIMIZE, 5, curve(0.75, 0.72), FIVE))
                        .prune())
                .isFalse();
    }
}
