package io.homeostat.retune.confirm;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.HoldoutEvidence;
import io.homeostat.retune.fixture.Given;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HoldoutRuleTest {
    private static final Optional<String> V1 = Optional.of("v1");

    @Test
    void proposesWhatIsClearlyBetter() {
        assertThat(HoldoutRule.judge(Given.better(), "v2", V1))
                .isEqualTo(new Verdict(
                        true,
                        "v2 has accuracy 0.95 on 200 hold-out rows, the champion v1 0.71;"
                                + " better on 58 rows, worse on 10, p = 1.5e-09"));
    }

    @Test
    void keepsOutWhatMayBeChance() {
        Verdict verdict = HoldoutRule.judge(Given.notBetter(), "v2", V1);
        assertThat(verdict.candidate()).isFalse();
        assertThat(verdict.reason()).startsWith("No improvement: v2 has").endsWith("p is above 0.2");
    }

    @Test
    void needsABetterObjectiveAndASmallP() {
        HoldoutEvidence worseLoss = new HoldoutEvidence(200, "logLoss", 0.5, 0.4, 110, 90, 0.05);
        HoldoutEvidence lowerLoss = new HoldoutEvidence(200, "logLoss", 0.4, 0.5, 110, 90, 0.1);
        HoldoutEvidence equal = new HoldoutEvidence(200, "accuracy", 0.4, 0.4, 0, 0, 0.01);
        assertThat(HoldoutRule.judge(worseLoss, "v2", V1).candidate()).isFalse();
        assertThat(HoldoutRule.judge(lowerLoss, "v2", V1).candidate()).isTrue();
        assertThat(HoldoutRule.judge(equal, "v2", V1).candidate()).isFalse();
    }

    @Test
    void aRefitIsProposedUnlessItIsWorse() {
        HoldoutEvidence worse = new HoldoutEvidence(100, "accuracy", 0.63, 0.71, 3, 11, 0.9);
        HoldoutEvidence equal = new HoldoutEvidence(100, "accuracy", 0.71, 0.71, 10, 10, 0.6);
        HoldoutEvidence perhapsWorse = new HoldoutEvidence(100, "accuracy", 0.66, 0.71, 5, 10, 0.7);
        assertThat(HoldoutRule.judgeRefit(worse, "v2", V1))
                .isEqualTo(new Verdict(
                        false,
                        "No improvement: v2 has accuracy 0.63 on 100 hold-out rows, the champion v1 0.71;"
                                + " better on 3 rows, worse on 11; newer rows did not help, p = 0.02869"));
        assertThat(HoldoutRule.judgeRefit(equal, "v2", V1).candidate()).isTrue();
        assertThat(HoldoutRule.judgeRefit(perhapsWorse, "v2", V1).candidate()).isTrue();
        assertThat(HoldoutRule.judgeRefit(Given.alone(), "v1", Optional.empty()).candidate())
                .isTrue();
    }

    @Test
    void aFirstChampionNeedsNoComparisonButALaterOneDoes() {
        assertThat(HoldoutRule.judge(Given.alone(), "v1", Optional.empty()))
                .isEqualTo(new Verdict(true, "v1 is the first champion: accuracy 0.95 on 200 hold-out rows"));
        assertThat(HoldoutRule.judge(Given.alone(), "v2", V1).candidate()).isFalse();
    }
}
