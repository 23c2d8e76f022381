package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class IsotonicRegressionTest {
    @Test
    void poolsWhatFalls() {
        IsotonicRegression fit = IsotonicRegression.fit(new double[] {4, 2, 3, 1}, new double[] {1, 1, 0, 0});
        assertThat(fit.at(0)).isZero();
        assertThat(fit.at(1)).isZero();
        assertThat(fit.at(1.5)).isEqualTo(0.25);
        assertThat(fit.at(2)).isEqualTo(0.5);
        assertThat(fit.at(2.7)).isEqualTo(0.5);
        assertThat(fit.at(4)).isEqualTo(1);
        assertThat(fit.at(9)).isEqualTo(1);
    }

    @Test
    void pointsOfEqualXAreOne() {
        IsotonicRegression fit = IsotonicRegression.fit(new double[] {1, 1, 1, 2}, new double[] {0, 1, 1, 1});
        assertThat(fit.at(1)).isCloseTo(2 / 3.0, within(1e-12));
    }

    @Test
    void neverFallsAndKeepsTheMean() {
        for (int seed = 0; seed < 20; seed++) {
            // given
            Random random = new Random(seed);
            int n = 5_000;
            double[] x =
                    random.doubles(n).map(v -> Math.floor(v * 3_000) / 3_000).toArray();
            double[] y = new double[n];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                y[i] = x[i] + random.nextGaussian();
                sum += y[i];
            }
            // when
            IsotonicRegression fit =
                    IsotonicRegression.fromBytes(IsotonicRegression.fit(x, y).toBytes());
            // then
            double before = Double.NEGATIVE_INFINITY;
            for (int i = 0; i <= 1_000; i++) {
                assertThat(fit.at(i / 1_000.0)).isGreaterThanOrEqualTo(before);
                before = fit.at(i / 1_000.0);
            }
            double fitted = 0;
            for (double v : x) {
                fitted += fit.at(v);
            }
            assertThat(fitted).isCloseTo(sum, within(1e-6 * n));
        }
    }

    @Test
    void theIdentityLeavesProbabilitiesAsTheyAre() {
        assertThat(IsotonicRegression.identity().at(0.37)).isEqualTo(0.37);
        assertThatThrownBy(() -> IsotonicRegression.fit(new double[0], new double[0]))
                .hasMessageContaining("at least one point");
    }
}
