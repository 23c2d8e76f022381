package io.homeostat.drift.statistics.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

class StakesTest {
    /* A loss too small to count is what a zero is, but is worked out at once. */
    @Test
    void tellOfRowsOfZerosWhatTheyTellOfLossesOneByOne() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Stakes inRows = new Stakes(0.1, 1_000);
            Stakes oneByOne = new Stakes(0.1, 1_000);
            double rate = 0.02 + 0.04 * (seed % 5);
            for (int at = 1; at <= 2_000; at++) {
                double loss = random.nextDouble() < rate ? random.nextInt(1, 5) / 4.0 : 0;
                inRows.bet(loss, at);
                oneByOne.bet(loss == 0 ? Double.MIN_VALUE : loss, at);
                assertThat(inRows.won()).isCloseTo(oneByOne.won(), withinPercentage(1e-10));
                assertThat(inRows.most()).isGreaterThanOrEqualTo(oneByOne.won() * (1 - 1e-12));
                if (random.nextInt(40) == 0) {
                    assertThat(inRows.since()).isEqualTo(oneByOne.since());
                    assertThat(inRows.mean(0.5)).isCloseTo(oneByOne.mean(0.5), within(1e-12));
                }
                if (random.nextInt(400) == 0) {
                    inRows.clear(at);
                    oneByOne.clear(at);
                }
            }
        }
    }
}
