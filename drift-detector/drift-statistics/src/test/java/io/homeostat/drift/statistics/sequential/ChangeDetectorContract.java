package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every detector of changes keeps; the reference rate of those that need one is .20. */
abstract class ChangeDetectorContract extends ErrorStreamDetectorContract {
    private static final int SEEDS = 50;
    private static final int PATIENCE = 20_000;

    /** Above the mean delay at .20 → .60 after 2,000 losses. */
    abstract double mostMeanDelay();

    /** Above the mean distance of the estimated from the true change. */
    abstract double mostMisplaced();

    /** Above the false alarms in 100,000 stationary losses. */
    abstract int mostFalseAlarms();

    @Test
    void findsARiseFromTwentyToSixtyPercentAndSaysWhenItBegan() {
        double delays = 0;
        double misplaced = 0;
        int early = 0;
        int rises = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            // given
            Random random = new Random(seed);
            ErrorStreamDetector detector = create();
            early += alarms(detector, random, 0.2, 2_000);
            // when
            delays += delay(detector, random, 0.6);
            // then
            Change change = detector.lastChange().orElseThrow();
            rises += change.isIncrease() ? 1 : 0;
            assertThat(change.detectedAt()).isEqualTo(detector.seen());
            assertThat(change.index()).isBetween(1L, detector.seen());
            assertThat(change.before()).isBetween(0.0, 1.0);
            assertThat(change.after()).isBetween(0.0, 1.0);
            misplaced += Math.abs(change.index() - 2_001);
        }
        // a detector that looks both ways may miss the rise and be wrong later
        assertThat(rises).isGreaterThanOrEqualTo(SEEDS * 9 / 10);
        assertThat(delays / SEEDS).isLessThan(mostMeanDelay());
        assertThat(misplaced / SEEDS).isLessThan(mostMisplaced());
        assertThat(early).isLessThanOrEqualTo(mostFalseAlarms());
    }

    @Test
    void goesOnAfterADetection() {
        for (int seed = 0; seed < 10; seed++) {
            // given
            Random random = new Random(seed);
            ErrorStreamDetector detector = create();
            alarms(detector, random, 0.2, 2_000);
            delay(detector, random, 0.6);
            // when
            alarms(detector, random, 0.2, 2_000);
            // then
            long before = detector.seen();
            delay(detector, random, 0.6);
            assertThat(detector.lastChange().orElseThrow().detectedAt()).isGreaterThan(before);
        }
    }

    @Test
    void aStreamThatNeverErrsHasNoAlarm() {
        ErrorStreamDetector detector = create();
        for (int i = 0; i < 5_000; i++) {
            assertThat(detector.update(0)).isEqualTo(Detection.STABLE);
        }
        assertThat(detector.lastChange()).isEmpty();
    }

    static int alarms(ErrorStreamDetector detector, Random random, double rate, int losses) {
        int alarms = 0;
        for (int i = 0; i < losses; i++) {
            alarms += detector.update(random.nextDouble() < rate ? 1 : 0) == Detection.DRIFT ? 1 : 0;
        }
        return alarms;
    }

    static int delay(ErrorStreamDetector detector, Random random, double rate) {
        int delay = 1;
        while (detector.update(random.nextDouble() < rate ? 1 : 0) != Detection.DRIFT) {
            delay++;
            assertThat(delay).isLessThan(PATIENCE);
        }
        return delay;
    }

    /** How many more ones a detector takes to its alarm. */
    static int onesToDrift(ErrorStreamDetector detector) {
        int ones = 1;
        while (detector.update(1) != Detection.DRIFT) {
            ones++;
            assertThat(ones).isLessThan(PATIENCE);
        }
        return ones;
    }

    /** How many ones to the first warning, which must come before the alarm. */
    static int onesToWarning(ErrorStreamDetector detector) {
        int ones = 1;
        Detection detection = detector.update(1);
        while (detection == Detection.STABLE) {
            ones++;
            detection = detector.update(1);
            assertThat(ones).isLessThan(PATIENCE);
        }
        assertThat(detection).isEqualTo(Detection.WARNING);
        return ones;
    }

    /** Reads as many zeros. */
    static <D extends ErrorStreamDetector> D afterZeros(D detector, int zeros) {
        for (int i = 0; i < zeros; i++) {
            detector.update(0);
        }
        return detector;
    }

    /** Reads 300 losses, each fifth an error. */
    static <D extends ErrorStreamDetector> D afterFifths(D detector) {
        for (int i = 1; i <= 300; i++) {
            detector.update(i % 5 == 0 ? 1 : 0);
        }
        return detector;
    }
}
