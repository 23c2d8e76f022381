package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EDetectorTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return EDetector.against(ReferenceError.ofRate(0.2, 5_000));
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return EDetector.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 32;
    }

    @Override
    double mostMisplaced() {
        return 8;
    }

    @Override
    int mostFalseAlarms() {
        return 1;
    }

    @Test
    void findsARiseFromTwentyToFortyPercent() {
        double delays = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            ErrorStreamDetector detector = create();
            alarms(detector, random, 0.2, 2_000);
            delays += delay(detector, random, 0.4);
        }
        assertThat(delays / 50).isLessThan(95);
    }

    /* The worst case of the claim: the mean loss is exactly the one that is bet against. */
    @Test
    void keepsItsBudgetOfFalseAlarmsAtEveryRateAndThreshold() {
        for (double rate : new double[] {0.005, 0.05, 0.2, 0.5, 0.9}) {
            for (double threshold : new double[] {100, 1_000}) {
                assertThat(alarmsAtTheBaseline(rate, threshold, false)).isLessThanOrEqualTo(1 / threshold);
                assertThat(alarmsAtTheBaseline(rate, threshold, true)).isLessThanOrEqualTo(1 / threshold);
            }
        }
    }

    private static double alarmsAtTheBaseline(double rate, double threshold, boolean graded) {
        int losses = 300_000;
        Random random = new Random(11);
        EDetector detector = EDetector.against(ReferenceError.ofRate(rate, 5_000), threshold);
        int alarms = 0;
        for (int i = 0; i < losses; i++) {
            double wins = random.nextDouble() < detector.baseline() ? 1 : 0;
            // a mixture of the loss and its mean has the same mean
            double loss = graded ? (wins + detector.baseline()) / 2 : wins;
            alarms += detector.update(loss) == Detection.DRIFT ? 1 : 0;
        }
        return (double) alarms / losses;
    }

    /* What the margins are for: references drawn anew, the true rate unchanged, few labels and many. */
    @Test
    void keepsItsBudgetOnAverageOverTheLuckOfTheReference() {
        for (int labels : new int[] {300, 5_000}) {
            for (double rate : new double[] {0.02, 0.2}) {
                int alarms = 0;
                for (int seed = 0; seed < 200; seed++) {
                    Random random = new Random(1_000_003L * seed + labels);
                    int errors = 0;
                    for (int i = 0; i < labels; i++) {
                        errors += random.nextDouble() < rate ? 1 : 0;
                    }
                    EDetector detector =
                            EDetector.against(ReferenceError.ofRate((double) errors / labels, labels), 5_000);
                    for (int i = 0; i < 10_000; i++) {
                        alarms += detector.update(random.nextDouble() < rate ? 1 : 0) == Detection.DRIFT ? 1 : 0;
                    }
                }
                assertThat(alarms / 200.0 / 10_000)
                        .as(labels + " labels, " + rate)
                        .isLessThanOrEqualTo(1 / 5_000.0);
            }
        }
    }

    @Test
    void theSameBetsFitALowRate() {
        double delays = 0;
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            EDetector detector = EDetector.against(ReferenceError.ofRate(0.005, 5_000));
            alarms(detector, random, 0.005, 2_000);
            delays += delay(detector, random, 0.05);
        }
        assertThat(delays / 20).isLessThan(150);
    }

    @Test
    void aHighReferenceRateKeepsAllStakesPositive() {
        EDetector detector = EDetector.against(ReferenceError.ofRate(0.9, 100), 1e5);
        for (int i = 0; i < 100; i++) {
            detector.update(0);
        }
        assertThat(detector.statistic()).isGreaterThan(0);
    }

    @Test
    void nothingIsWorseThanAlwaysWrong() {
        EDetector detector = EDetector.against(ReferenceError.ofRate(1, 1_000));
        for (int i = 0; i < 50_000; i++) {
            assertThat(detector.update(1)).isEqualTo(Detection.STABLE);
        }
    }

    @Test
    void aReferenceWithoutErrorsIsPulledOffZero() {
        EDetector detector = EDetector.against(ReferenceError.ofRate(0, 5_000));
        assertThat(detector.baseline()).isBetween(1e-5, 1e-3);
        assertThat(onesToDrift(detector)).isBetween(2, 5);
    }

    @Test
    void aLowerThresholdIsTakenAtOnceAndKeptInTheBytes() {
        EDetector detector = EDetector.against(ReferenceError.ofRate(0.2, 5_000));
        detector.threshold(2_000);
        assertThat(restore(detector.toBytes()).threshold()).isEqualTo(2_000);
        assertThatThrownBy(() -> detector.threshold(1)).hasMessageContaining("threshold: 1.0 is not above 1");
    }
}
