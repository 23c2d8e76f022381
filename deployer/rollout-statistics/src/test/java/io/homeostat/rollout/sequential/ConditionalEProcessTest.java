package io.homeostat.rollout.sequential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConditionalEProcessTest extends EProcessContract<ConditionalEProcess> {
    @Override
    ConditionalEProcess start() {
        return ConditionalEProcess.start();
    }

    /* twice the champion's rate where that is allowed, while the weight ramps */
    @Override
    ConditionalEProcess underTheNull(ConditionalEProcess process, SplittableRandom random, int observation) {
        return failure(process, random, observation, 2, 2);
    }

    @Override
    ConditionalEProcess underTheAlternative(ConditionalEProcess process, SplittableRandom random, int observation) {
        return failure(process, random, observation, 3, 1);
    }

    private static ConditionalEProcess failure(
            ConditionalEProcess process, SplittableRandom random, int observation, double ratio, double allowed) {
        double weight = observation < 100 ? .05 : observation < 200 ? .25 : .5;
        boolean candidate = random.nextDouble() < ratio * weight / (ratio * weight + 1 - weight);
        return process.failure(candidate, weight, allowed);
    }

    @Override
    void observeNonsense(ConditionalEProcess process) {
        process.failure(true, 5, 1);
    }

    @Override
    int length() {
        return 300;
    }

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
    void withoutTrafficForOneArmAFailureSaysNothing() {
        // given
        ConditionalEProcess start = ConditionalEProcess.start();

        // when, then
        assertThat(start.failure(true, 1, 1)).isEqualTo(start);
        assertThat(start.failure(false, 0, 1)).isEqualTo(start);
    }
}
