package io.homeostat.worker.confirm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedComparisonTest {
    @Test
    void hitsAndMissesAreJudgedExactly() {
        // given 20 rows only the candidate has right, 8 only the champion, 72 alike
        double[] candidate = new double[100];
        double[] champion = new double[100];
        Arrays.fill(champion, 0, 20, 1);
        Arrays.fill(candidate, 20, 28, 1);
        // when
        PairedComparison comparison = PairedComparison.of(candidate, champion);
        // then
        assertThat(comparison.candidateBetter()).isEqualTo(20);
        assertThat(comparison.championBetter()).isEqualTo(8);
        assertThat(comparison.pValue()).isCloseTo(.017848, within(1e-5));
        assertThat(comparison.bestOf(3).pValue()).isCloseTo(.053544, within(1e-5));
    }

    @Test
    void noDifferenceIsNoEvidence() {
        // given
        double[] same = {0, 1, 1, 0};
        double[] alike = {.5, .2, .3};
        // when
        // then
        assertThat(PairedComparison.of(same, same).pValue()).isEqualTo(1);
        assertThat(PairedComparison.of(alike, alike).pValue()).isEqualTo(1);
    }

    @Test
    void lossesAreComparedByTheirDifferences() {
        // given
        double[] candidate = {.1, .2, .3, .4, .2};
        double[] champion = {.2, .4, .3, .7, .2};
        // when
        PairedComparison comparison = PairedComparison.of(candidate, champion);
        // then t = .12 / (.130384 / √5) = 2.058 with 4 degrees of freedom
        assertThat(comparison.pValue()).isCloseTo(.0543, within(1e-3));
        assertThat(comparison.candidateBetter()).isEqualTo(3);
        assertThat(comparison.championBetter()).isZero();
    }

    @Test
    void falseAlarmsAreAsRareAsThePValueSays() {
        // given
        Random random = new Random(1);
        int alarms = 0;
        // when
        for (int run = 0; run < 2000; run++) {
            double[] a = random.doubles(50).toArray();
            double[] b = random.doubles(50).toArray();
            alarms += PairedComparison.of(a, b).pValue() < .05 ? 1 : 0;
        }
        // then
        assertThat(alarms).isBetween(70, 130);
    }
}
