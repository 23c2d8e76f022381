package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.serde.Json;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimatorLearner;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Schema;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every stage counts what it does, by model and by fixed words only. */
class MetersTopologyTest {
    @TempDir
    Path state;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private DetectorDriver detector;

    @BeforeEach
    void start() {
        Metrics.addRegistry(registry);
        detector = new DetectorDriver(state);
    }

    @AfterEach
    void stop() {
        detector.close();
        Metrics.removeRegistry(registry);
    }

    private void traffic(String model) {
        detector.register("{model: " + model + ", task: binary, features: {country: categorical}, watch: {window: 10s,"
                + " metrics: {accuracy: {atLeast: 0.9, perSlice: 0.9}}, slices: [country], alarm: {persistence: 1}}}");
        EstimatorLearner learner = new EstimatorLearner(Task.BINARY, new Schema(Map.of()), "1", 100);
        for (int i = 0; i < 100; i++) {
            learner.add(new AnsweredRow(Map.of(), "1", i / 100.0, null), "1");
        }
        EstimatorEvent estimator = new EstimatorEvent(
                model, "v1", T0, 100, learner.fit(1).orElseThrow().toBytes());
        detector.send(TOPICS.estimators(), estimator.key(), Json.text(estimator));
        detector.route(model, "v1", null);
        for (int i = 0; i < 120; i++) {
            Instant at = T0.plusMillis(100L * i);
            Answer answer = new Answer("v1", null, "1", .9, null, 200, 1.0);
            detector.prediction(new PredictionEvent(
                    "p" + i,
                    model,
                    at,
                    Map.of("country", "c" + i % 7),
                    answer,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    1));
            detector.label(model, "p" + i, 0, at);
        }
    }

    private double count(String meter) {
        return registry.get("homeostat.detector." + meter).meters().stream()
                .filter(m -> "metered".equals(m.getId().getTag("model")))
                .mapToDouble(m -> m.measure().iterator().next().getValue())
                .sum();
    }

    @Test
    void everyStageHasMetersWithoutFeaturesOrIds() {
        // when
        traffic("metered");
        // then
        assertThat(count("events")).isEqualTo(240); // ingest
        assertThat(count("labels.joined")).isEqualTo(120); // join
        assertThat(count("predictions")).isEqualTo(120);
        assertThat(count("rows.profiled")).isEqualTo(100); // profile
        assertThat(count("windows.closed")).isEqualTo(1); // detect
        assertThat(count("outcomes")).isEqualTo(120);
        assertThat(count("signals")).isPositive();
        assertThat(count("signals.drifted")).isPositive();
        assertThat(count("rows.estimated")).isEqualTo(100); // estimates
        assertThat(count("windows.estimated")).isEqualTo(1);
        assertThat(count("slices.windows")).isEqualTo(7); // slices
        // and
        assertThat(registry.getMeters())
                .extracting(Meter::getId)
                .filteredOn(id -> id.getName().startsWith("homeostat."))
                .isNotEmpty()
                .allSatisfy(id -> assertThat(id.getTags())
                        .extracting(Tag::getKey)
                        .isSubsetOf(List.of("model", "kind", "correction", "reason")))
                .allSatisfy(id -> assertThat(id.getTags())
                        .extracting(Tag::getValue)
                        .noneMatch(value -> value.matches("country|c[0-9]|p[0-9]+|v1")));
    }
}
