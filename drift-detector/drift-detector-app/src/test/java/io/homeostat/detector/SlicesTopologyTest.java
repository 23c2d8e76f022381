package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.SliceRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of features with performance series of their own, from traffic to the profiles topic. */
class SlicesTopologyTest {
    private static final List<String> COUNTRIES = List.of("de", "at", "ch", "fr");

    @TempDir
    Path state;

    private DetectorDriver detector;
    private Instant now = T0;
    private Duration pause = Duration.ofMillis(300);

    @BeforeEach
    void start() {
        detector = new DetectorDriver(state);
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    private void register(String model, String task, String watch) {
        detector.register("{model: " + model + ", task: " + task
                + ", features: {country: categorical, salary: numeric, age: numeric}, watch: {window: 30s, " + watch
                + "}}");
        detector.route(model, "v1", null);
    }

    /** Rows of one pace, each with its label at once. */
    private void rows(String model, int many, IntFunction<String> output, IntFunction<Object> label) {
        for (int i = 0; i < many; i++) {
            now = now.plus(pause);
            Map<String, Object> features = new HashMap<>();
            features.put("country", i % 5 == 4 ? null : COUNTRIES.get(i % 5));
            features.put("salary", 10.0 * (i % 10));
            features.put("age", 40.0);
            String id = model + now.toEpochMilli();
            detector.prediction(DetectorDriver.prediction(model, id, now, features, "v1", output.apply(i)));
            detector.label(model, id, label.apply(i), now);
        }
    }

    private Map<SliceRef, ProfileEvent> firstWindow() {
        Map<SliceRef, ProfileEvent> slices = new HashMap<>();
        detector.read(TOPICS.profiles()).stream()
                .filter(p -> p.slice() != null)
                .forEach(p -> slices.putIfAbsent(p.slice(), p));
        return slices;
    }

    @Test
    void eachValueOfABinaryModelHasItsSeriesWithIntervals() {
        // given
        register("loans", "binary", "slices: [{column: country, values: 2}, {column: salary, cuts: [20]}]");
        // when: every prediction for ch is wrong
        rows("loans", 107, i -> "1", i -> i % 5 == 2 ? 0 : 1);
        // then
        Map<SliceRef, ProfileEvent> slices = firstWindow();
        assertThat(slices.keySet())
                .containsExactlyInAnyOrder(
                        new SliceRef("country", "de"),
                        new SliceRef("country", "at"),
                        new SliceRef("country", "other"),
                        new SliceRef("country", "missing"),
                        new SliceRef("salary", "at most 20"),
                        new SliceRef("salary", "above 20"));
        ProfileEvent other = slices.get(new SliceRef("country", "other"));
        assertThat(other.performance().get("accuracy")).isEqualTo(.5);
        assertThat(other.intervals().get("accuracy").n()).isEqualTo(other.labelled());
        assertThat(other.intervals().get("accuracy").low()).isBetween(.15, .5);
        assertThat(slices.get(new SliceRef("country", "de")).performance().get("accuracy"))
                .isEqualTo(1);
    }

    @Test
    void soHasEachOfAMulticlassModelAndOfARegression() {
        // given
        register("cars", "multiclass", "slices: [country]");
        register("prices", "regression", "slices: [country]");
        // when
        rows("cars", 107, i -> i % 5 == 1 ? "b" : "a", i -> "a");
        rows("prices", 107, i -> "" + i % 5, i -> 0);
        // then
        List<ProfileEvent> told = detector.read(TOPICS.profiles());
        assertThat(told)
                .filteredOn(p -> p.model().equals("cars") && new SliceRef("country", "at").equals(p.slice()))
                .first()
                .satisfies(p -> assertThat(p.performance()).containsEntry("accuracy", 0.0));
        assertThat(told)
                .filteredOn(p -> p.model().equals("prices") && new SliceRef("country", "fr").equals(p.slice()))
                .first()
                .satisfies(p -> assertThat(p.performance()).containsEntry("mae", 3.0))
                .satisfies(p -> assertThat(p.intervals().get("rmse").n()).isEqualTo(p.labelled()));
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void anAlarmNamesTheSliceBeyondItsBound() {
        // given
        register("loans", "binary", "metrics: {accuracy: {perSlice: 0.8}}, slices: [country], alarm: {persistence: 1}");
        pause = Duration.ofMillis(100);
        // when: at errs in six of ten rows, all others never
        rows("loans", 305, i -> i % 5 == 1 && i % 50 < 30 ? "1" : "0", i -> 0);
        // then
        assertThat(detector.read(TOPICS.ledger()))
                .singleElement()
                .satisfies(a -> assertThat(a.reason()).startsWith("accuracy of country=at is 0.4"))
                .satisfies(a -> assertThat(a.inputs()).containsEntry("severity", "major"))
                .extracting(LedgerEntry::evidence)
                .satisfies(e -> assertThat(e.signals())
                        .singleElement()
                        .extracting(DriftSignal::subject)
                        .isEqualTo("country=at"));
        assertThat(detector.read(TOPICS.driftSignals()))
                .filteredOn(s -> s.test().equals("accuracy"))
                .extracting(DriftSignal::subject)
                .contains("country=de", "country=missing");
    }

    @Test
    void aCategoryWrittenAsANumberIsNamedAndABlankOneIsOne() {
        // given
        register("loans", "binary", "slices: [country]");
        // when
        for (Object country : List.of(7.0, " ", "x".repeat(1000))) {
            now = now.plusMillis(100);
            String id = "p" + now.toEpochMilli();
            Map<String, Object> features = Map.of("country", country, "salary", 1.0, "age", 1.0);
            detector.prediction(DetectorDriver.prediction("loans", id, now, features, "v1", "1"));
            detector.label("loans", id, 1, now);
        }
        now = now.plusSeconds(40);
        rows("loans", 1, i -> "1", i -> 1);
        // then
        assertThat(firstWindow().keySet())
                .containsExactlyInAnyOrder(
                        new SliceRef("country", "7"),
                        new SliceRef("country", " "),
                        new SliceRef("country", "x".repeat(256)));
    }
}
