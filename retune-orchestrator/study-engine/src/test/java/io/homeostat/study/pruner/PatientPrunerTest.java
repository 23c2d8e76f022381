package io.homeostat.study.pruner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.trial.StepValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PatientPrunerTest extends PrunerContract {
    private static final List<List<StepValue>> GOOD = Collections.nCopies(5, curve(.9, .9, .9, .9, .9, .9));

    @Override
    protected Pruner pruner() {
        return PrunerSpec.parse("patient").pruner();
    }

    private static PruneDecision decide(Map<String, ?> options, double... values) {
        return PrunerSpec.parse(Map.of("patient", options))
                .pruner()
                .decide(request(Goal.MAXIMIZE, 5, curve(values), GOOD));
    }

    @Test
    void aTrialThatImprovesGoesOn() {
        assertThat(decide(Map.of("patience", 2), .60, .61, .62))
                .isEqualTo(PruneDecision.goOn("it improved by 0.0200000 in the last 2 reports"));
    }

    @Test
    void oneThatDoesNotIsLeftToTheOtherPruner() {
        assertThat(decide(Map.of("patience", 2), .62, .61, .62))
                .isEqualTo(PruneDecision.stop("no improvement in the last 2 reports; median:"
                        + " best so far 0.620000 at step 3 is worse than the median 0.900000 of 5 complete trials"));
        assertThat(decide(Map.of("patience", 2, "pruner", "never"), .62, .61, .62)
                        .prune())
                .isFalse();
    }

    @Test
    void tooLittleIsNoImprovement() {
        assertThat(decide(Map.of("patience", 2, "minDelta", .05), .60, .61, .62).prune())
                .isTrue();
    }

    @Test
    void patienceIsBorneBeforeItIsUsedUp() {
        assertThat(decide(Map.of("patience", 3), .60, .60, .60))
                .isEqualTo(PruneDecision.goOn("3 reports are no more than the patience of 3"));
    }

    @Test
    void theOtherPrunersOptionsAreChecked() {
        assertThatThrownBy(() -> decide(Map.of("pruner", Map.of("median", Map.of("startupTrials", 0))), 1))
                .hasMessage("pruner.median.startupTrials: 0 is not in [1, 1000000].");
    }
}
