package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ClasswiseEDetectorTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return ClasswiseEDetector.against(ReferenceError.ofRate(0.2, 5_000));
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return ClasswiseEDetector.fromBytes(bytes);
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

    /* Classes come alike; the number of losses to the first alarm, or most. */
    private static int toAlarm(ClasswiseEDetector detector, SplittableRandom random, int most, double... rates) {
        for (int i = 1; i <= most; i++) {
            int actual = random.nextInt(rates.length);
            if (detector.update("class " + actual, random.nextDouble() < rates[actual] ? 1 : 0) == Detection.DRIFT) {
                return i;
            }
        }
        return most;
    }

    /* Reads the very same losses as if there were two classes. */
    private static int toAlarm(EDetector detector, SplittableRandom random, int most, double rate) {
        for (int i = 1; i <= most; i++) {
            random.nextInt(2);
            if (detector.update(random.nextDouble() < rate ? 1 : 0) == Detection.DRIFT) {
                return i;
            }
        }
        return most;
    }

    private static double errorRate(SplittableRandom random, double rate, int labels) {
        int errors = 0;
        for (int i = 0; i < labels; i++) {
            errors += random.nextDouble() < rate ? 1 : 0;
        }
        return (double) errors / labels;
    }

    @Test
    void findsOneKindOfErrorThatRisesWhileTheOtherFalls() {
        double delays = 0;
        int early = -30; // each run to 4,000 ends without an alarm
        for (int seed = 0; seed < 30; seed++) {
            // given
            SplittableRandom random = new SplittableRandom(seed);
            ClasswiseEDetector detector = ClasswiseEDetector.against(ReferenceError.ofRate(0.2, 5_000));
            for (int read = 0; read < 4_000; early++) {
                read += toAlarm(detector, random, 4_000 - read, 0.2, 0.2);
            }
            // when
            delays += toAlarm(detector, random, 20_000, 0.12, 0.28);
            // then
            assertThat(detector.changedClass()).contains("class 1");
            Change change = detector.lastChange().orElseThrow();
            assertThat(change.before()).isBetween(0.16, 0.24);
            assertThat(change.after()).isBetween(0.2, 0.7);
            assertThat(change.index()).isBetween(3_000L, detector.seen());
        }
        assertThat(delays / 30).isLessThan(1_900);
        assertThat(early).isLessThanOrEqualTo(2);
    }

    @Test
    void aRiseOfTheWholeIsFoundAboutAsSoonAsWithoutClasses() {
        double classwise = 0;
        double plain = 0;
        for (int seed = 0; seed < 50; seed++) {
            ReferenceError error = ReferenceError.ofRate(0.1, 5_000);
            ClasswiseEDetector detector = ClasswiseEDetector.against(error);
            toAlarm(detector, new SplittableRandom(seed), 3_000, 0.1, 0.1);
            classwise += toAlarm(detector, new SplittableRandom(100 + seed), 10_000, 0.2, 0.2);
            EDetector without = EDetector.against(error);
            toAlarm(without, new SplittableRandom(seed), 3_000, 0.1);
            plain += toAlarm(without, new SplittableRandom(100 + seed), 10_000, 0.2);
        }
        assertThat(classwise / plain).isBetween(0.95, 1.08);
    }

    /* What the margins are for: rates drawn anew, also those of the classes, which few labels and fewer errors tell. */
    @Test
    void keepsItsBudgetOnAverageOverTheLuckOfItsReferences() {
        for (double[] rates : new double[][] {{0.02, 0.02}, {0.05, 0.4}, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}}) {
            int alarms = 0;
            int seeds = 100;
            for (int seed = 0; seed < seeds; seed++) {
                SplittableRandom random = new SplittableRandom(1_000_003L * seed);
                double mean = 0;
                for (double rate : rates) {
                    mean += errorRate(random, rate, 5_000 / rates.length) / rates.length;
                }
                ClasswiseEDetector detector = ClasswiseEDetector.against(ReferenceError.ofRate(mean, 5_000), 5_000);
                for (int read = 0; read < 12_000; ) {
                    int losses = toAlarm(detector, random, 12_000 - read, rates);
                    read += losses;
                    alarms += read < 12_000 ? 1 : 0;
                }
            }
            assertThat(alarms / (12_000.0 * seeds)).isLessThanOrEqualTo(1 / 5_000.0);
        }
    }

    @Test
    void goesOnFromItsBytesWithItsClasses() {
        // given
        SplittableRandom random = new SplittableRandom(1);
        ClasswiseEDetector straight = ClasswiseEDetector.against(ReferenceError.ofRate(0.2, 5_000), 1_000);
        ClasswiseEDetector restored = ClasswiseEDetector.against(ReferenceError.ofRate(0.2, 5_000), 1_000);
        int alarms = 0;
        // when: more classes than have bets, one of them of a name without end
        for (int i = 0; i < 12_000; i++) {
            int actual = random.nextInt(i % 2 == 0 ? 3 : 80);
            String name = actual == 2 ? "long".repeat(200) : "class " + actual;
            double loss = random.nextDouble() < (i > 6_000 && actual == 1 ? 0.6 : 0.2) ? 1 : 0;
            Detection detection = straight.update(name, loss);
            assertThat(restored.update(name, loss)).isEqualTo(detection);
            alarms += detection == Detection.DRIFT ? 1 : 0;
            restored = i % 97 == 0 ? ClasswiseEDetector.fromBytes(restored.toBytes()) : restored;
        }
        // then
        assertThat(alarms).isPositive();
        assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
        assertThat(restored.toBytes()).hasSizeLessThan(64 * 600);
        assertThat(restored.changedClass()).isEqualTo(straight.changedClass());
    }

    @Test
    void aPlainEDetectorsBytesBeginAnew() {
        // given
        EDetector plain = EDetector.against(ReferenceError.ofRate(0.3, 700), 4_000);
        alarms(plain, new Random(1), 0.4, 300);
        // when
        ClasswiseEDetector detector = ClasswiseEDetector.fromBytes(plain.toBytes());
        // then
        assertThat(detector.toBytes())
                .isEqualTo(ClasswiseEDetector.against(ReferenceError.ofRate(0.3, 700), 4_000)
                        .toBytes());
    }

    @Test
    void aLossThatIsRefusedIsOfNoClass() {
        ClasswiseEDetector detector = ClasswiseEDetector.against(ReferenceError.ofRate(0.3, 700));
        byte[] before = detector.toBytes();
        assertThatThrownBy(() -> detector.update("a", 2)).hasMessageContaining("loss: 2.0 is not in 0..1");
        assertThat(detector.toBytes()).isEqualTo(before);
        assertThatThrownBy(() -> detector.threshold(1)).hasMessageContaining("threshold: 1.0 is not above 1");
    }
}
