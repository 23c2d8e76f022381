package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RegionalEDetectorTest {
    private static final long EXACT = 1_000_000_000_000L;

    private static RegionalEDetector detector(long labels, double threshold, double... rates) {
        return RegionalEDetector.against(
                ReferenceError.ofRate(Arrays.stream(rates).average().orElse(0), labels),
                Arrays.stream(rates)
                        .mapToObj(rate -> ReferenceError.ofRate(rate, labels))
                        .toList(),
                threshold);
    }

    /* Rows fall into all regions alike; the number of losses to the first alarm, or most. */
    private static int toAlarm(RegionalEDetector detector, SplittableRandom random, int most, double... rates) {
        for (int i = 1; i <= most; i++) {
            int region = random.nextInt(rates.length);
            if (detector.update(region, random.nextDouble() < rates[region] ? 1 : 0) == Detection.DRIFT) {
                return i;
            }
        }
        return most;
    }

    /* The worst case of the claim: every region's mean loss is exactly the one that is bet against. */
    @Test
    void keepsItsBudgetOfFalseAlarmsWithFewAndManyRegions() {
        double[] many = new double[50];
        Arrays.setAll(many, i -> 0.01 + 0.01 * i);
        for (double threshold : new double[] {100, 1_000}) {
            for (double[] rates : new double[][] {{0.2}, {0.05, 0.4}, many}) {
                RegionalEDetector detector = detector(EXACT, threshold, rates);
                SplittableRandom random = new SplittableRandom(5);
                int alarms = 0;
                int losses = 300_000;
                for (int read = 0; read < losses; alarms++) {
                    read += toAlarm(detector, random, losses - read, rates);
                }
                assertThat((alarms - 1.0) / losses)
                        .as(rates.length + " regions, A " + threshold)
                        .isLessThanOrEqualTo(1 / threshold);
            }
        }
    }

    @Test
    void findsAChangeThatLeavesTheMeanAsItWas() {
        double delays = 0;
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            RegionalEDetector detector = detector(2_500, 1e5, 0.2, 0.2);
            ErrorStreamDetector plain = EDetector.against(ReferenceError.ofRate(0.2, 5_000));
            assertThat(toAlarm(detector, random, 2_000, 0.2, 0.2)).isEqualTo(2_000);
            delays += toAlarm(detector, random, 20_000, 0.1, 0.3) / 30.0;
            for (int i = 0; i < 5_000; i++) {
                assertThat(plain.update(random.nextDouble() < (i % 2 == 0 ? 0.1 : 0.3) ? 1 : 0))
                        .isEqualTo(Detection.STABLE);
            }
            assertThat(detector.changedRegion()).isEqualTo(1);
        }
        assertThat(delays).isLessThan(900);
    }

    @Test
    void aRiseEverywhereIsFoundNotMuchLaterThanByThePlainDetector() {
        double regional = 0;
        double plain = 0;
        for (int seed = 0; seed < 60; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            regional += toAlarm(detector(2_000, 1e5, 0.1, 0.3), random, 20_000, 0.25, 0.45);
            ErrorStreamDetector detector = EDetector.against(ReferenceError.ofRate(0.2, 4_000));
            SplittableRandom again = new SplittableRandom(seed);
            int losses = 1;
            while (detector.update(again.nextDouble() < (again.nextInt(2) == 0 ? 0.25 : 0.45) ? 1 : 0)
                    != Detection.DRIFT) {
                losses++;
            }
            plain += losses;
        }
        assertThat(regional / plain).isLessThan(1.25);
    }

    @Test
    void saysWhereAndSinceWhen() {
        RegionalEDetector detector = detector(10_000, 1e5, 0.1, 0.1, 0.1);
        SplittableRandom random = new SplittableRandom(3);
        toAlarm(detector, random, 5_000, 0.1, 0.1, 0.1);
        toAlarm(detector, random, 5_000, 0.1, 0.1, 0.6);
        Change change = detector.lastChange().orElseThrow();
        assertThat(detector.changedRegion()).isEqualTo(2);
        assertThat(change.index()).isBetween(4_900L, 5_050L);
        assertThat(change.before()).isEqualTo(0.1);
        assertThat(change.after()).isCloseTo(0.6, within(0.25));
        assertThat(detector.statistic()).isGreaterThanOrEqualTo(detector.threshold());
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        RegionalEDetector detector = detector(1_000, 2_000, 0.1, 0.3);
        SplittableRandom random = new SplittableRandom(9);
        for (int i = 0; i < 3_000; i++) {
            int region = random.nextInt(2);
            double loss = random.nextDouble() < 0.35 ? 1 : 0;
            RegionalEDetector restored = RegionalEDetector.fromBytes(detector.toBytes());
            assertThat(restored.update(region, loss)).isEqualTo(detector.update(region, loss));
            assertThat(restored.toBytes()).isEqualTo(detector.toBytes());
        }
        assertThat(detector.lastChange()).isPresent();
        assertThat(detector.seen()).isEqualTo(3_000);
    }

    @Test
    void refusesWhatDoesNotFit() {
        RegionalEDetector detector = detector(1_000, 1e5, 0.1, 0.3);
        assertThatThrownBy(() -> detector.update(2, 0)).hasMessage("region: 2 is not in 0..1.");
        assertThatThrownBy(() -> detector.update(0, 1.5)).hasMessageContaining("loss: 1.5 is not in 0..1");
        assertThatThrownBy(() -> detector.update(0, Double.NaN)).hasMessageContaining("loss: NaN");
        assertThatThrownBy(() -> RegionalEDetector.against(ReferenceError.ofRate(0.1, 5), List.of(), 1e5))
                .hasMessageContaining("regions: 0 are not in 1..1000");
        assertThatThrownBy(() -> detector.threshold(1)).hasMessageContaining("threshold: 1.0 is not above 1");
        assertThat(detector.seen()).isZero();
    }
}
