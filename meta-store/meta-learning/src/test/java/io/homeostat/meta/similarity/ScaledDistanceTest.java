package io.homeostat.meta.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScaledDistanceTest {
    private static final Offset<Double> EXACT = within(1e-12);
    private static final List<Map<String, Double>> RECORDS = List.of(
            Map.of("rows", 8.0, "same", 1.0), Map.of("rows", 9.0, "same", 1.0), Map.of("rows", 10.0, "same", 1.0));

    @Test
    void aDifferenceIsMeasuredInRobustSpreads() {
        // given
        ScaledDistance scale = ScaledDistance.fit(RECORDS);

        // when
        Distance distance =
                scale.between(Map.of("rows", 8.0), Map.of("rows", 10.0)).orElseThrow();

        // then
        assertThat(distance.value()).isCloseTo(2 / 1.4826, EXACT);
        assertThat(distance.sharedWeight()).isEqualTo(1);
    }

    @Test
    void aFeatureThatDoesNotVaryHasAFloorForItsSpread() {
        // given
        ScaledDistance scale = ScaledDistance.fit(List.of(Map.of("a", 1.0, "b", 100.0)));

        // when, then
        assertThat(scale.spread("a")).isCloseTo(.05, EXACT);
        assertThat(scale.spread("b")).isCloseTo(5, EXACT);
        assertThat(scale.spread("unknown")).isEqualTo(.05);
    }

    @Test
    void anAbsurdValueCountsFiveSpreadsAtMost() {
        // given
        ScaledDistance scale = ScaledDistance.fit(RECORDS);

        // when
        double value = scale.between(Map.of("rows", 1e300), Map.of("rows", -1e300))
                .orElseThrow()
                .value();

        // then
        assertThat(value).isEqualTo(5);
    }

    @Test
    void missingFeaturesCostThePenaltyOfTheirShare() {
        // given
        ScaledDistance scale = ScaledDistance.fit(RECORDS, Map.of("rows", 3.0), 2);

        // when
        Distance distance = scale.between(Map.of("rows", 9.0, "same", 1.0), Map.of("rows", 9.0, "same", Double.NaN))
                .orElseThrow();

        // then
        assertThat(distance.sharedWeight()).isEqualTo(.75);
        assertThat(distance.value()).isCloseTo(2 * .25, EXACT);
    }

    @Test
    void weightsCount() {
        // given
        ScaledDistance scale = ScaledDistance.fit(RECORDS, Map.of("rows", 3.0, "ignored", 0.0), 1);

        // when
        Distance distance = scale.between(
                        Map.of("rows", 9.0, "same", 1.0, "ignored", 1.0),
                        Map.of("rows", 9 + 1.4826, "same", 1.05, "ignored", 9.0))
                .orElseThrow();

        // then
        assertThat(distance.value()).isCloseTo(1, within(1e-9));
        assertThat(distance.differences()).extracting(Difference::feature).containsExactly("rows", "same");
    }

    @Test
    void withoutASharedFeatureThereIsNoDistance() {
        // given
        ScaledDistance scale = ScaledDistance.fit(List.of());

        // when
        Optional<Distance> distance = scale.between(Map.of("a", 1.0), Map.of("b", 1.0, "a", Double.NaN));

        // then
        assertThat(distance).isEmpty();
    }

    @Test
    void aWeightBelowZeroIsRefused() {
        // given, when, then
        assertThatThrownBy(() -> ScaledDistance.fit(List.of(), Map.of("a", -1.0), 1))
                .hasMessage("weights.a: -1.0 is not a number of 0 and up.");
        assertThatThrownBy(() -> ScaledDistance.fit(List.of(), Map.of(), Double.NaN))
                .hasMessage("penalty: NaN is not a number of 0 and up.");
    }

    @Test
    void itIsZeroToItselfSymmetricAndFreeOfUnitsOverManySeeds() {
        for (long seed = 0; seed < 100; seed++) {
            // given
            Random random = new Random(seed);
            List<Map<String, Double>> records = new ArrayList<>();
            List<Map<String, Double>> otherUnit = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                Map<String, Double> record = new HashMap<>(Map.of("x", random.nextGaussian() * 10));
                if (random.nextBoolean()) {
                    record.put("y", random.nextGaussian() * 10);
                }
                records.add(record);
                Map<String, Double> scaled = new HashMap<>(record);
                scaled.replaceAll((name, value) -> value * 1_000);
                otherUnit.add(scaled);
            }
            ScaledDistance scale = ScaledDistance.fit(records);

            // when
            double there =
                    scale.between(records.get(0), records.get(1)).orElseThrow().value();
            double back =
                    scale.between(records.get(1), records.get(0)).orElseThrow().value();
            double inOtherUnit = ScaledDistance.fit(otherUnit)
                    .between(otherUnit.get(0), otherUnit.get(1))
                    .orElseThrow()
                    .value();

            // then
            assertThat(there).isEqualTo(back).isNotNegative().isCloseTo(inOtherUnit, within(1e-9));
            assertThat(scale.between(records.get(0), records.get(0))
                            .orElseThrow()
                            .value())
                    .isZero();
        }
    }
}
