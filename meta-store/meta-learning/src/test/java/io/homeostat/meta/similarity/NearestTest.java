package io.homeostat.meta.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final Map<String, Map<String, Double>> KNOWN = Map.of(
            "far", Map.of("rows", 12.0, "entropy", .2, "missing", .5, "skew", 0.0),
            "near", Map.of("rows", 9.1, "entropy", .9, "missing", .0, "skew", 0.1),
            "twin", Map.of("rows", 9.0, "entropy", .9, "missing", .0, "skew", 0.0),
            "b-other", Map.of("pixels", 1.0),
            "a-other", Map.of());

    @Test
    void tasksAreRankedAndTheIncomparableNamed() {
        // given
        ScaledDistance scale = ScaledDistance.fit(KNOWN.values());

        // when
        Nearest nearest = Nearest.to(KNOWN.get("twin"), KNOWN, scale);

        // then
        assertThat(nearest.neighbours()).extracting(Neighbour::taskId).containsExactly("twin", "near", "far");
        assertThat(nearest.incomparable()).containsExactly("a-other", "b-other");
        assertThat(nearest.first().orElseThrow().explanation())
                .isEqualTo("twin is 0.00 spreads away; no shared meta-feature differs.");
    }

    @Test
    void theThreeMostDifferentFeaturesExplain() {
        // given
        ScaledDistance scale = ScaledDistance.fit(KNOWN.values());

        // when
        Neighbour far = Nearest.to(KNOWN.get("twin"), KNOWN, scale).neighbours().get(2);

        // then: the medians are 9.1, .9, 0 and 0; the spreads .455 and three times the floor
        assertThat(far.mostDifferent()).extracting(Difference::feature).containsExactly("entropy", "missing", "rows");
        assertThat(far.explanation())
                .isEqualTo("far is 4.33 spreads away; it differs most in entropy 0.9000 against 0.2000 (5.0 spreads), "
                        + "missing 0.000 against 0.5000 (5.0 spreads), rows 9.000 against 12.00 (5.0 spreads).");
    }

    @Test
    void valuesThatAreTooLargeToSubtractAreADistanceToo() {
        // given: finite, but their differences are not
        Map<String, Map<String, Double>> known = Map.of(
                "low", Map.of("rows", -1.7e308), "high", Map.of("rows", 1.7e308), "other", Map.of("rows", 1.6e308));

        // when
        Nearest nearest = Nearest.to(Map.of("rows", -1.7e308), known, ScaledDistance.fit(known.values()));

        // then
        assertThat(nearest.first().orElseThrow().taskId()).isEqualTo("low");
        assertThat(nearest.neighbours()).allMatch(each -> Double.isFinite(each.distance()));
    }

    @Test
    void withoutKnownTasksNobodyIsNear() {
        // given
        ScaledDistance scale = ScaledDistance.fit(KNOWN.values());

        // when
        Nearest nearest = Nearest.to(Map.of("rows", 1.0), Map.of(), scale);

        // then
        assertThat(nearest.first()).isEmpty();
    }
}
