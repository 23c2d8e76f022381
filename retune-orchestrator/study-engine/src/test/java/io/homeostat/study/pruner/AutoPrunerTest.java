package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class AutoPrunerTest extends PrunerContract {

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse("auto").pruner();
    }

    @Test
    void halvingWhereThereIsAScaleAndMedianElsewhere() {
        assertThat(reason(OptionalLong.of(50))).startsWith("successive halving: ");
        assertThat(reason(OptionalLong.of(5))).startsWith("median: ");
        assertThat(reason(OptionalLong.empty())).startsWith("median: ");
    }

    private String reason(OptionalLong fullStep) {
        Space space = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));
        RunningTrial trial = new RunningTrial(0, space.middle(), curve(.5), Map.of());
        History none = History.empty(space, List.of(Goal.MINIMIZE));
        return pruner().decide(new PrunerRequest(trial, none, List.of(), 1, fullStep))
                .reason();
    }
}
