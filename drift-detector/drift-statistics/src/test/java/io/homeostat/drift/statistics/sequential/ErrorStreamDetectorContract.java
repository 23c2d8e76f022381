package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every reader of errors keeps, also one that does not look at them. */
public abstract class ErrorStreamDetectorContract {
    protected abstract ErrorStreamDetector create();

    protected abstract ErrorStreamDetector restore(byte[] bytes);

    @Test
    void goesOnFromItsBytesAsIfNothingHadHappened() {
        for (int seed = 0; seed < 5; seed++) {
            // given
            Random random = new Random(seed);
            ErrorStreamDetector straight = create();
            ErrorStreamDetector restored = create();
            // when
            for (int i = 0; i < 4_000; i++) {
                double loss = random.nextDouble() < (i / 1_000 % 2 == 0 ? 0.2 : 0.6) ? 1 : 0;
                assertThat(restored.update(loss)).isEqualTo(straight.update(loss));
                restored = i % 97 == 0 ? restore(restored.toBytes()) : restored;
            }
            // then
            assertThat(restored.toBytes()).isEqualTo(straight.toBytes());
            assertThat(restored.lastChange()).isEqualTo(straight.lastChange());
            assertThat(restored.statistic()).isEqualTo(straight.statistic());
            assertThat(restored.threshold()).isEqualTo(straight.threshold());
            assertThat(restored.seen()).isEqualTo(4_000);
        }
    }

    @Test
    void equalHistoriesGiveEqualBytesAlsoOfLossesBetweenZeroAndOne() {
        ErrorStreamDetector one = create();
        ErrorStreamDetector other = create();
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            double loss = Math.min(1, random.nextDouble() * (i < 1_000 ? 0.5 : 1.2));
            assertThat(one.update(loss)).isEqualTo(other.update(loss));
        }
        assertThat(one.toBytes()).isEqualTo(other.toBytes());
        assertThat(restore(one.toBytes()).toBytes()).isEqualTo(one.toBytes());
    }

    @Test
    void aStreamThatNeverOrAlwaysErrsHasDefinedStatistics() {
        for (double loss : new double[] {0, 1, 0.5}) {
            ErrorStreamDetector detector = create();
            for (int i = 0; i < 3_000; i++) {
                detector.update(loss);
                assertThat(detector.statistic()).isFinite();
                assertThat(detector.threshold()).isNotNaN();
            }
            detector.lastChange().ifPresent(change -> {
                assertThat(change.before()).isBetween(0.0, 1.0);
                assertThat(change.after()).isBetween(0.0, 1.0);
            });
            assertThat(restore(detector.toBytes()).toBytes()).isEqualTo(detector.toBytes());
        }
    }

    @Test
    void refusesLossesOutsideItsRangeAndIsNotChangedByThem() {
        ErrorStreamDetector detector = create();
        byte[] before = detector.toBytes();
        for (double loss : new double[] {1.1, -0.1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
            assertThatThrownBy(() -> detector.update(loss))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("loss: " + loss + " is not in 0..1. Scale and cut it first, for instance with Bounds.");
        }
        assertThat(detector.toBytes()).isEqualTo(before);
    }

    @Test
    void bytesThatAreNotItsOwnAreRefused() {
        byte[] bytes = create().toBytes();
        assertThatThrownBy(() -> restore(Arrays.copyOf(bytes, bytes.length - 1)))
                .hasMessageContaining(create().name())
                .hasMessageContaining("cut off");
        assertThatThrownBy(() -> restore(Arrays.copyOf(bytes, bytes.length + 1)))
                .hasMessageContaining("left over");
        bytes[0] = 127;
        assertThatThrownBy(() -> restore(bytes)).hasMessageContaining("of type 127");
    }
}
