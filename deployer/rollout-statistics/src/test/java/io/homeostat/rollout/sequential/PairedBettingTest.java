package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PairedBettingTest {
    private static final double LOG_20 = Math.log(20);

    @Test
    void pairsWithoutADifferenceSayNothingAboutSuperiority() {
        // given
        PairedBetting start = PairedBetting.superiority();

        // when
        PairedBetting next = start.observe(0);

        // then
        assertThat(next).isEqualTo(start);
    }

    @Test
    void twentyDiscordantPairsAreTheMixtureOfMcNemarsBets() {
        // when
        PairedBetting test = PairedBetting.superiority();
        for (int i = 0; i < 20; i++) {
            test = test.observe(1);
        }

        // then
        double expected = 0;
        for (int i = 0; i < PairedBetting.STAKES.size(); i++) {
            expected += PairedBetting.PARTS.get(i) * Math.pow(1 + PairedBetting.STAKES.get(i), 20);
        }
        assertThat(Math.exp(test.logE())).isCloseTo(expected, within(1e-6 * expected));
        assertThat(expected).isBetween(5e4, 7e4);
    }

    @Test
    void thePartsAreTheWholeWealth() {
        // when
        double e = Math.exp(PairedBetting.harm().logE());

        // then
        assertThat(e).isCloseTo(1, within(1e-12));
    }

    @Test
    void harmMirrorsSuperiority() {
        // when
        PairedBetting harm = PairedBetting.harm().observe(-1).observe(.3);
        PairedBetting superior = PairedBetting.superiority().observe(1).observe(-.3);

        // then
        assertThat(harm.logE()).isCloseTo(superior.logE(), within(1e-12));
    }

    @Test
    void theWealthSurvivesTheLargestLosses() {
        // when
        PairedBetting test = PairedBetting.nonInferiority(.2);
        for (int i = 0; i < 10_000; i++) {
            test = test.observe(-1);
        }

        // then
        assertThat(test.logE()).isFinite().isNegative();
    }

    @Test
    void regressionDifferencesKeepTheBudgetToo() {
        // when
        int superior = 0;
        for (int seed = 0; seed < 600; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            PairedBetting test = PairedBetting.superiority();
            for (int i = 0; i < 1000 && test.logE() < LOG_20; i++) {
                test = test.observe(random.nextDouble() < .9 ? .1 : -.9);
            }
            superior += test.logE() >= LOG_20 ? 1 : 0;
        }

        // then
        assertThat(superior).isLessThanOrEqualTo(30);
    }

    @Test
    void threePointsOfHarmAreFoundInSomeFourHundredLabels() {
        // when
        int median = medianLabels(PairedBetting.harm(), .015, .045, 5000);

        // then
        assertThat(median).isBetween(250, 500);
    }

    @Test
    void equalVersionsAreNotInferiorAfterSomeFiveThousandLabels() {
        // when
        int median = medianLabels(PairedBetting.nonInferiority(.01), .03, .03, 15_000);

        // then
        assertThat(median).isBetween(3000, 6000);
    }

    @Test
    void testsOverDifferentPairsArePutTogether() {
        // given
        PairedBetting whole = PairedBetting.nonInferiority(.01);
        PairedBetting first = whole;
        PairedBetting second = whole;

        // when
        for (int i = 0; i < 3000; i++) {
            double difference = i % 16 == 3 ? 1 : i % 25 == 4 ? -1 : 0;
            whole = whole.observe(difference);
            first = i % 3 == 0 ? first.observe(difference) : first;
            second = i % 3 == 0 ? second : second.observe(difference);
        }

        // then
        assertThat(first.and(second).logE()).isCloseTo(whole.logE(), within(1e-9));
    }

    @Test
    void aDifferenceBeyondTheBoundsIsRefused() {
        assertThatThrownBy(() -> PairedBetting.harm().observe(Double.NaN)).hasMessageContaining("difference: NaN");
        assertThatThrownBy(() -> PairedBetting.nonInferiority(1)).hasMessageContaining("bound: -1.0");
    }

    private static int medianLabels(PairedBetting start, double better, double worse, int most) {
        int[] labels = new int[101];
        Arrays.setAll(labels, seed -> labelsUntil(start, seed, better, worse, most));
        Arrays.sort(labels);
        return labels[50];
    }

    private static int labelsUntil(PairedBetting start, int seed, double better, double worse, int most) {
        SplittableRandom random = new SplittableRandom(seed);
        PairedBetting test = start;
        for (int label = 1; label <= most; label++) {
            double draw = random.nextDouble();
            test = test.observe(draw < better ? 1 : draw < better + worse ? -1 : 0);
            if (test.logE() >= LOG_20) {
                return label;
            }
        }
        return most;
    }
}
