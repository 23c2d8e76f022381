package io.homeostat.drift.statistics.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A row by place is the row by name. */
class PlacedRowTest {
    private final Map<String, FeatureType> features = new LinkedHashMap<>();
    private final List<String> oneOrder = List.of("x", "unknown", "c", "y");
    private final List<String> another = List.of("y", "c", "x");

    PlacedRowTest() {
        features.put("x", FeatureType.NUMERIC);
        features.put("c", FeatureType.CATEGORICAL);
        features.put("y", FeatureType.NUMERIC);
        features.put("absent", FeatureType.NUMERIC);
        features.put("also absent", FeatureType.CATEGORICAL);
    }

    private record Placed(List<String> layout, Map<String, Object> values) implements PlacedRow {
        @Override
        public int placeOf(String feature) {
            return layout.indexOf(feature);
        }

        @Override
        public double number(int place) {
            return values.get(layout.get(place)) instanceof Double number ? number : Double.NaN;
        }

        @Override
        public @Nullable String text(int place) {
            return values.get(layout.get(place)) instanceof String text ? text : null;
        }
    }

    private Profile empty() {
        return Profile.withoutBins(new Schema(features), Instant.EPOCH, Instant.EPOCH);
    }

    @Test
    void givesTheSameProfileWhateverTheLayout() {
        // given
        Profile byName = empty();
        Profile byPlace = empty();
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            Map<String, Object> row = new HashMap<>();
            row.put("x", random.nextInt(10) == 0 ? null : (Object) random.nextGaussian());
            row.put("y", random.nextGaussian());
            row.put("c", random.nextInt(10) == 0 ? null : "c" + random.nextInt(5));
            Double score = random.nextInt(10) == 0 ? null : random.nextDouble();
            // when
            byName.add(row, score, i % 2 == 0 ? "1" : null);
            byPlace.add(
                    new Placed(i % 3 == 0 ? oneOrder : another, row),
                    score == null ? Double.NaN : score,
                    i % 2 == 0 ? "1" : null);
        }
        // then
        assertThat(byPlace.rows()).isEqualTo(1_000);
        assertThat(byPlace.toBytes()).isEqualTo(byName.toBytes());
    }

    @Test
    void aTextInANumericFeatureLeavesTheProfileAsItWas() {
        // given
        Profile profile = empty();
        byte[] before = profile.toBytes();
        // then
        assertThatThrownBy(() -> profile.add(new Placed(another, Map.of("x", 1.0, "y", "much", "c", "a")), 0.5, "1"))
                .hasMessage(
                        "features.y: 'much' is not a number. Declare the feature categorical, or correct the source.");
        assertThat(profile.toBytes()).isEqualTo(before);
    }

    @Test
    void placesRowsOfManyLayoutsInTheWindowsOfOneShape() {
        // given
        ProfileShape shape = empty().shape();
        Profile byPlace = shape.profile(Instant.EPOCH, Instant.EPOCH);
        Profile byName = shape.profile(Instant.EPOCH, Instant.EPOCH);
        List<List<String>> layouts = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            List<String> layout = new ArrayList<>(oneOrder);
            Collections.shuffle(layout, new Random(i));
            layouts.add(layout);
        }

        // when
        for (int i = 0; i < 60; i++) {
            Map<String, Object> row = Map.of("x", 1.0 * i, "y", -1.0 * i, "c", "c" + i % 3);
            byPlace.add(new Placed(layouts.get(i * 7 % layouts.size()), row), .5, "1");
            byName.add(row, .5, "1");
        }

        // then
        assertThat(byPlace.toBytes()).isEqualTo(byName.toBytes());
    }
}
