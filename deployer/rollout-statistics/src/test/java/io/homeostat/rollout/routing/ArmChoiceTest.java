package io.homeostat.rollout.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmChoiceTest {
    private static final int UNITS = 100_000;

    @Test
    void aRampOnlyAddsUnits() {
        // given
        Set<Integer> atFive = candidateUnits("rollout-1", 5);

        // when
        Set<Integer> atTwentyFive = candidateUnits("rollout-1", 25);

        // then
        assertThat(atTwentyFive).containsAll(atFive).hasSizeGreaterThan(4 * atFive.size());
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 5, 25, 50})
    void theShareOfUnitsIsTheWeight(double weight) {
        // when
        double share = candidateUnits("rollout-1", weight).size() / (double) UNITS;

        // then
        assertThat(share).isCloseTo(weight / 100, within(0.005));
    }

    @Test
    void twoRolloutsMeetDifferentUnits() {
        // given
        Set<Integer> first = candidateUnits("rollout-1", 5);

        // when
        Set<Integer> both = candidateUnits("rollout-2", 5);
        both.retainAll(first);

        // then
        assertThat(both.size() / (double) UNITS).isCloseTo(0.0025, within(0.0006));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.07, 0.57, 5, 29, 33.33})
    void theWeightsBoundaryIsExact(double weight) {
        // given
        ArmChoice choice = new ArmChoice("s", weight);

        // when
        long candidates = IntStream.range(0, Bucket.COUNT)
                .filter(number -> choice.armOf(new Bucket(number)) == Arm.CANDIDATE)
                .count();

        // then
        assertThat(candidates).isEqualTo(Math.round(weight * 100));
    }

    @Test
    void zeroServesNobodyAndHundredEverybody() {
        // given
        Bucket last = new Bucket(Bucket.COUNT - 1);

        // when
        Arm atZero = new ArmChoice("s", 0).armOf(new Bucket(0));
        Arm atHundred = new ArmChoice("s", 100).armOf(last);

        // then
        assertThat(atZero).isEqualTo(Arm.STABLE);
        assertThat(atHundred).isEqualTo(Arm.CANDIDATE);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 100.1, Double.NaN})
    void anImpossibleWeightIsRefused(double weight) {
        // when, then
        assertThatThrownBy(() -> new ArmChoice("s", weight))
                .hasMessageContaining("weightPercent: " + weight)
                .hasMessageContaining("within 0 and 100");
    }

    private static Set<Integer> candidateUnits(String salt, double weight) {
        ArmChoice choice = new ArmChoice(salt, weight);
        return IntStream.range(0, UNITS)
                .filter(unit -> choice.armOf("user-" + unit) == Arm.CANDIDATE)
                .boxed()
                .collect(Collectors.toSet());
    }
}
