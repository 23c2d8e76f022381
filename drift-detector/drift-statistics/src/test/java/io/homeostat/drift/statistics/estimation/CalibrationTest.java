package io.homeostat.drift.statistics.estimation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    @Test
    void keepsScoresThatAreRightAndMendsThoseThatAreNot() {
        int left = 0;
        int mended = 0;
        for (int seed = 0; seed < 50; seed++) {
            // given
            Random random = new Random(seed);
            double[] scores = random.doubles(2_000).toArray();
            boolean[] right = new boolean[scores.length];
            boolean[] wrong = new boolean[scores.length];
            for (int i = 0; i < scores.length; i++) {
                right[i] = random.nextDouble() < scores[i];
                wrong[i] = random.nextDouble() < 0.2 + 0.6 * scores[i];
            }
            // when
            left += Calibration.choose(scores, right, seed).at(0.123) == 0.123 ? 1 : 0;
            IsotonicRegression fitted = Calibration.choose(scores, wrong, seed);
            double off = 0;
            for (double score : scores) {
                off += Math.abs(fitted.at(score) - 0.2 - 0.6 * score) / scores.length;
            }
            mended += off < 0.05 ? 1 : 0;
        }
        // then: left alone they would be off by .1; right scores are sometimes mended in vain, when chance made them
        // look wrong
        assertThat(left).isGreaterThan(25);
        assertThat(mended).isEqualTo(50);
    }

    @Test
    void theErrorIsTheMeanDistanceOverTheBins() {
        double[] probabilities = new double[20];
        double[] hits = new double[20];
        for (int i = 0; i < 20; i++) {
            probabilities[i] = i / 20.0;
            hits[i] = i < 10 ? 0 : 1;
        }
        // pairs: .025, .125 … .475 off below, mirrored above
        assertThat(Calibration.error(probabilities, hits)).isCloseTo(0.25, within(1e-9));
    }
}
