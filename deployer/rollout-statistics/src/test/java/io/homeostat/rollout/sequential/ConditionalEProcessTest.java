package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConditionalEProcessTest {
    @Test
    void threeFailuresOfASmallCandidateInARowAreWorthSeventyTwo() {
        // when
        ConditionalEProcess process = ConditionalEProcess.start();
        for (int i = 0; i < 3; i++) {
            process = process.failure(true, .05, 1);
        }

        // then
        assertThat(Math.exp(process.logE())).isCloseTo(expectedOfThree(), within(1e-9));
        assertThat(process.logE()).isGreaterThan(Math.log(20));
        assertThat(process.candidateFailures()).isEqualTo(3);
    }

    private static double expectedOfThree() {
        double sum = 0;
        for (double theta : ConditionalEProcess.THETAS) {
            sum += Math.pow(theta / (theta * .05 + .95), 3);
        }
        return sum / ConditionalEProcess.THETAS.size();
    }

    @Test
    void theExpectedWealthUnderTheNullIsOneWhateverTheWeight() {
        for (double weight : new double[] {.01, .05, .25, .5, .9}) {
            // when
            double ifCandidate = Math.exp(
                    ConditionalEProcess.start().failure(true, weight, 1).logE());
            double ifStable = Math.exp(
                    ConditionalEProcess.start().failure(false, weight, 1).logE());

            // then
            assertThat(weight * ifCandidate + (1 - weight) * ifStable).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void equalRatesAlarmWithinTheBudgetWhileTheWeightRamps() {
        // when
        int alarms = 0;
        for (int seed = 0; seed < 1000; seed++) {
            alarms += rejects(seed, 1, 1) ? 1 : 0;
        }

        // then
        assertThat(alarms).isLessThanOrEqualTo(50);
    }

    @Test
    void anAllowedDegradationDoesNotAlarm() {
        // when
        int alarms = 0;
        for (int seed = 0; seed < 1000; seed++) {
            alarms += rejects(seed, 2, 2) ? 1 : 0;
        }

        // then
        assertThat(alarms).isLessThanOrEqualTo(50);
    }

    @Test
    void threeTimesTheRateIsFound() {
        // when
        int found = 0;
        for (int seed = 0; seed < 200; seed++) {
            found += rejects(seed, 3, 1) ? 1 : 0;
        }

        // then
        assertThat(found).isGreaterThanOrEqualTo(190);
    }

    @Test
    void withoutTrafficForOneArmAFailureSaysNothing() {
        // given
        ConditionalEProcess start = ConditionalEProcess.start();

        // when, then
        assertThat(start.failure(true, 1, 1)).isEqualTo(start);
        assertThat(start.failure(false, 0, 1)).isEqualTo(start);
    }

    @Test
    void anImpossibleWeightIsRefused() {
        assertThatThrownBy(() -> ConditionalEProcess.start().failure(true, 5, 1))
                .hasMessageContaining("weight: 5.0 is not within 0 and 1");
    }

    private static boolean rejects(int seed, double ratio, double allowed) {
        SplittableRandom random = new SplittableRandom(seed);
        ConditionalEProcess process = ConditionalEProcess.start();
        for (int failure = 0; failure < 300; failure++) {
            double weight = failure < 100 ? .05 : failure < 200 ? .25 : .5;
            boolean candidate = random.nextDouble() < ratio * weight / (ratio * weight + 1 - weight);
            process = process.failure(candidate, weight, allowed);
            if (process.logE() >= Math.log(20)) {
                return true;
            }
        }
        return false;
    }
}
