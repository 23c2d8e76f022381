package io.homeostat.rollout.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LabelForecastTest {
    private static final double LOG_20 = Math.log(20);

    @Test
    void equalVersionsNeedSomeThousandLabelsAndSoLong() {
        // given
        LabelForecast notInferior = new LabelForecast(1000, .01, .06, LOG_20);

        // when, then
        assertThat(notInferior.missing()).hasValue(3700);
        assertThat(notInferior.time(Duration.ofHours(1)))
                .contains(Duration.ofHours(3).plusMinutes(42));
    }

    @Test
    void nothingIsForetoldOnTheWrongSideOrFromTooLittle() {
        assertThat(new LabelForecast(1000, 0, .06, LOG_20).missing()).isEmpty();
        assertThat(new LabelForecast(29, .1, .1, LOG_20).missing()).isEmpty();
        assertThat(new LabelForecast(1000, .01, .06, 0).time(Duration.ofHours(1)))
                .isEmpty();
    }
}
