package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every detector of errors keeps; the reference rate of those that need one is .20. */
abstract class ErrorStreamDetectorContract {
    abstract ErrorStreamDetector create();

    abstract ErrorStreamDetector restore(byte[] bytes);

    abstract double mostMeanDelay();

    @Test
    void findsARiseFromTwentyToFortyPercentSoonAndSaysWhenItBegan() {
        double delays = 0;
        double misplaced = 0;
        int early = 0;
        for (int seed = 0; seed < 50; seed++) {
            // given
            Random random = new Random(seed);
            ErrorStreamDetector detector = create();
            for (int i = 0; i < 2_000; i++) {
                early += detector.update(random.nextDouble() < 0.2 ? 1 : 0) == Detection.DRIFT ? 1 : 0;
            }
            // when
            int delay = 1;
            while (detector.update(random.nextDouble() < 0.4 ? 1 : 0) == Detection.STABLE) {
                delay++;
                assertThat(delay).isLessThan(3_000);
            }
            // then
            Change change = detector.lastChange().orElseThrow();
            assertThat(change.isIncrease()).isTrue();
            assertThat(change.index()).isBetween(1L, detector.seen());
            delays += delay;
            misplaced += Math.abs(change.index() - 2_001);
        }
        assertThat(early).isLessThanOrEqualTo(2);
        assertThat(delays / 50).isLessThan(mostMeanDelay());
        assertThat(misplaced / 50).isLessThan(150);
    }

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        // given
        Random random = new Random(5);
        ErrorStreamDetector straight = create();
        ErrorStreamDetector restored = create();
        // when
        for (int i = 0; i < 3_000; i++) {
            double loss = random.nextDouble() < (i < 2_000 ? 0.2 : 0.5) ? 1 : 0;
            assertThat(restored.update(loss)).isEqualTo(straight.update(loss));
            restored = i % 97 == 0 ? restore(restored.toBytes()) : restored;
        }
        // then
        assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
        assertThat(straight.lastChange()).isPresent();
    }

    @Test
    void refusesLossesOutsideItsRange() {
        assertThatThrownBy(() -> create().update(1.1)).hasMessageContaining("1.1 is not in 0..1");
        assertThatThrownBy(() -> create().update(Double.NaN)).hasMessageContaining("NaN");
    }
}
