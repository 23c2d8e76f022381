package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AdwinTest extends ChangeDetectorContract {
    @Override
    protected ErrorStreamDetector create() {
        return new Adwin();
    }

    @Override
    protected ErrorStreamDetector restore(byte[] bytes) {
        return Adwin.fromBytes(bytes);
    }

    @Override
    double mostMeanDelay() {
        return 65;
    }

    @Override
    double mostMisplaced() {
        return 10;
    }

    @Override
    int mostFalseAlarms() {
        return 0;
    }

    @Test
    void findsARiseFromTwentyToFortyPercent() {
        double delays = 0;
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            Adwin adwin = new Adwin();
            alarms(adwin, random, 0.2, 2_000);
            delays += delay(adwin, random, 0.4);
        }
        assertThat(delays / 50).isLessThan(160);
    }

    /* The newest 28 of 128 losses are ones: the cut between the 100th and the 101st is a bucket's border. */
    @Test
    void triesTheCutsInTheNewestBucketsToo() {
        Adwin adwin = afterZeros(new Adwin(), 100);
        assertThat(onesToDrift(adwin)).isEqualTo(28);
        assertThat(adwin.lastChange()).contains(new Change(101, 128, 0, 1, 1));
    }

    @Test
    void findsAFallToo() {
        // given
        Adwin adwin = new Adwin();
        for (int i = 0; i < 1_000; i++) {
            adwin.update(i % 2);
        }
        // when
        afterZeros(adwin, 200);
        // then
        assertThat(adwin.lastChange().orElseThrow().isIncrease()).isFalse();
        assertThat(adwin.mean()).isLessThan(0.1);
    }

    @Test
    void aLongWindowHasTheMeanOfAllItsLosses() {
        // given
        Adwin adwin = new Adwin();
        Random random = new Random(1);
        double sum = 0;
        // when
        for (int i = 0; i < 200_000; i++) {
            double loss = random.nextInt(5) == 0 ? 1 : 0;
            adwin.update(loss);
            sum += loss;
        }
        // then
        assertThat(adwin.width()).isEqualTo(200_000);
        assertThat(adwin.mean()).isEqualTo(sum / 200_000);
        assertThat(restore(adwin.toBytes()).toBytes()).isEqualTo(adwin.toBytes());
    }

    @Test
    void refusesADeltaOutsideItsRange() {
        assertThatThrownBy(() -> new Adwin(1))
                .hasMessageContaining("delta: 1.0")
                .hasMessageContaining("0.002");
    }
}
