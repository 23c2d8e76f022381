package io.homeostat.detector.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.backbone.event.AlarmEvidence;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.drift.statistics.monitor.Signal;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.drift.statistics.twosample.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShiftsTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");

    private static Signal drifted(String feature) {
        return new Signal(T0, T0, feature, "psi", 1, 1, 0, 0, 0.1, 100, 100, Verdict.DIFFERENT, true, "differs");
    }

    private static Reference reference(Schema schema) {
        ReferenceBuilder builder = new ReferenceBuilder(schema, Task.BINARY);
        for (int i = 0; i < 100; i++) {
            Map<String, Object> row = new HashMap<>();
            for (var feature : schema.features().entrySet()) {
                row.put(feature.getKey(), feature.getValue() == FeatureType.NUMERIC ? 1.0 * i : "c" + i % 50);
            }
            builder.add(row, null, null, null);
        }
        return builder.build("v1", T0, T0);
    }

    @Test
    void aNumberIsSharedOutOverTheReferencesBins() {
        // given
        Reference reference = reference(new Schema(Map.of("x", FeatureType.NUMERIC)));
        Profile window = reference.emptyProfile(T0, T0);
        window.add(Map.of("x", 1_000.0), null, null);
        window.add(Map.of("x", 5.0), null, null);
        window.add(Map.of("x", -3.0), null, null);
        window.add(Map.of(), null, null);
        // when
        List<FeatureShift> shifts =
                Shifts.of(reference.profile(), window, List.of(drifted("x"), drifted("x")), List.of());
        // then
        assertThat(shifts).hasSize(1);
        FeatureShift x = shifts.get(0);
        assertThat(x.edges()).hasSize(11).endsWith(99.0);
        assertThat(x.reference().rows()).isEqualTo(100);
        assertThat(x.reference().shares()).startsWith(0.0, 0.1).endsWith(0.1, 0.0);
        assertThat(x.window().nulls()).isEqualTo(0.25);
        assertThat(x.window().shares()).startsWith(1 / 3.0, 1 / 3.0).endsWith(1 / 3.0);
    }

    @Test
    void ofManyCategoriesTheCommonestOfEitherSideAreNamedAndTheRestIsOneShare() {
        // given
        Reference reference = reference(new Schema(Map.of("car", FeatureType.CATEGORICAL)));
        Profile window = reference.emptyProfile(T0, T0);
        for (int i = 0; i < 10; i++) {
            window.add(Map.of("car", i < 8 ? "new" : "c7"), null, null);
        }
        // when
        FeatureShift car = Shifts.of(reference.profile(), window, List.of(drifted("car")), List.of())
                .get(0);
        // then
        assertThat(car.categories()).hasSize(Shifts.MOST_CATEGORIES).startsWith("new", "c7");
        assertThat(car.window().shares()).startsWith(0.8, 0.2).endsWith(0.0);
        assertThat(car.reference().shares()).startsWith(0.0, 0.02);
        assertThat(car.reference().shares().get(Shifts.MOST_CATEGORIES)).isCloseTo(0.62, within(1e-12));
    }

    @Test
    void theAlarmsFeaturesComeFirstAndNotAllOfMany() {
        // given
        Map<String, FeatureType> features = new LinkedHashMap<>();
        List<Signal> found = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            features.put("f" + i, FeatureType.NUMERIC);
            found.add(drifted("f" + i));
        }
        Reference reference = reference(new Schema(features));
        Profile window = reference.emptyProfile(T0, T0);
        // when
        List<FeatureShift> shifts =
                Shifts.of(reference.profile(), window, List.of(drifted("f20"), drifted(Signal.ERROR)), found);
        // then
        assertThat(shifts)
                .hasSize(AlarmEvidence.MOST)
                .extracting(FeatureShift::feature)
                .startsWith("f20", "f0");
        assertThat(shifts.get(0).window().shares()).containsOnly(0.0);
    }

    @Test
    void aWindowOverOtherBinsIsNotDrawnBesideTheReference() {
        // given
        Schema schema = new Schema(Map.of("x", FeatureType.NUMERIC));
        // when
        List<FeatureShift> shifts = Shifts.of(
                reference(schema).profile(), Profile.withoutBins(schema, T0, T0), List.of(drifted("x")), List.of());
        // then
        assertThat(shifts).isEmpty();
    }
}
