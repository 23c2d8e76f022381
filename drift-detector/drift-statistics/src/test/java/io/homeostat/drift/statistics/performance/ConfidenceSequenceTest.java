package io.homeostat.drift.statistics.performance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class ConfidenceSequenceTest {
    private static final int STREAMS = 100;

    /* streams of 1,000 losses, looked at after every twentieth: how many miss the mean at any look */
    private static int missed(double mean, double range, ToDoubleFunction<Random> loss) {
        int missed = 0;
        for (int seed = 0; seed < STREAMS; seed++) {
            Random random = new Random(seed);
            double sum = 0;
            double squares = 0;
            boolean out = false;
            for (int n = 1; n <= 1_000; n++) {
                double x = loss.applyAsDouble(random);
                sum += x;
                squares += x * x;
                if (n % 20 == 0 && !out) {
                    Interval interval = ConfidenceSequence.ofMean(n, sum, squares, range);
                    out = interval.low() > mean || interval.high() < mean;
                }
            }
            missed += out ? 1 : 0;
        }
        return missed;
    }

    @Test
    void aShareIsHeldHoweverOftenOneLooks() {
        for (double rate : new double[] {0.02, 0.3, 0.9}) {
            int missed = 0;
            for (int seed = 0; seed < STREAMS; seed++) {
                Random random = new Random(seed);
                int hits = 0;
                boolean out = false;
                for (int n = 1; n <= 1_000 && !out; n++) {
                    hits += random.nextDouble() < rate ? 1 : 0;
                    Interval interval = ConfidenceSequence.ofShare(hits, n);
                    out |= interval.low() > rate || interval.high() < rate;
                }
                missed += out ? 1 : 0;
            }
            assertThat(missed).isLessThanOrEqualTo(STREAMS / 20);
        }
    }

    @Test
    void aMeanIsHeldHoweverOftenOneLooks() {
        assertThat(missed(0.5, 1, Random::nextDouble)).isLessThanOrEqualTo(STREAMS / 20);
        assertThat(missed(1, 35, r -> Math.min(35, -Math.log(1 - r.nextDouble()))))
                .isLessThanOrEqualTo(STREAMS / 20);
        assertThat(missed(0.05, 1, r -> r.nextDouble() < 0.05 ? 1 : 0)).isLessThanOrEqualTo(STREAMS / 20);
    }

    @Test
    void theExampleOfTheDocumentationIsTrue() {
        Interval share = ConfidenceSequence.ofShare(100, 1_000);
        assertThat(share.low()).isCloseTo(0.069, within(5e-4));
        assertThat(share.high()).isCloseTo(0.138, within(5e-4));
        Interval accuracy = ConfidenceSequence.ofShare(160, 200);
        assertThat(accuracy.low()).isCloseTo(0.693, within(5e-4));
        assertThat(accuracy.high()).isCloseTo(0.884, within(5e-4));
    }

    @Test
    void lossesThatVaryLittleHaveANarrowInterval() {
        // 10,000 losses of mean .1 and standard deviation .05
        Interval narrow = ConfidenceSequence.ofMean(10_000, 1_000, 10_000 * (0.01 + 0.0025), 1);
        Interval ofZerosAndOnes = ConfidenceSequence.ofMean(10_000, 1_000, 1_000, 1);
        assertThat(narrow.high() - narrow.low()).isLessThan((ofZerosAndOnes.high() - ofZerosAndOnes.low()) / 3);
    }

    @Test
    void theEndsAreMirrored() {
        Interval low = ConfidenceSequence.ofMean(50, 0, 0, 1);
        Interval high = ConfidenceSequence.ofMean(50, 50, 50, 1);
        assertThat(low.low()).isZero();
        assertThat(high.high()).isEqualTo(1);
        assertThat(low.high()).isCloseTo(1 - high.low(), within(1e-9));
        assertThat(ConfidenceSequence.ofShare(0, 50).low()).isZero();
        assertThat(ConfidenceSequence.ofShare(50, 50).high()).isEqualTo(1);
    }
}
