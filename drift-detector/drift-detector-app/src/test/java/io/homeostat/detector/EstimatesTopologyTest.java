package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimatorLearner;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Performance before its labels are known, from traffic to the profiles topic. */
class EstimatesTopologyTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));

    @TempDir
    Path state;

    private final Random random = new Random(3);
    private DetectorDriver detector;
    private Instant now = T0;
    private Duration pause = Duration.ofMillis(140);

    @BeforeEach
    void start() {
        detector = new DetectorDriver(state);
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    private void register(String model, String task, String watch) {
        detector.register("{model: " + model + ", task: " + task + ", features: {x: numeric}, watch: {window: 30s, "
                + watch + "}}");
        detector.route(model, "v1", null);
    }

    private void estimator(String model, PerformanceEstimator estimator) {
        EstimatorEvent event = new EstimatorEvent(model, "v1", T0, 1000, estimator.toBytes());
        detector.send(TOPICS.estimators(), event.key(), Json.text(event));
    }

    /** Scores that are the true rates: of 0 to 1, accuracy is 3/4. */
    private PerformanceEstimator binary() {
        EstimatorLearner learner = new EstimatorLearner(Task.BINARY, SCHEMA, "1", 2000);
        for (int i = 0; i < 2000; i++) {
            double score = random.nextDouble();
            learner.add(
                    new AnsweredRow(Map.of(), score > .5 ? "1" : "0", score, null),
                    random.nextDouble() < score ? "1" : "0");
        }
        return learner.fit(1).orElseThrow();
    }

    private void answered(
            String model,
            double x,
            String output,
            @Nullable Double score,
            @Nullable Map<String, Double> probabilities) {
        now = now.plus(pause);
        String id = model + now.toEpochMilli();
        detector.prediction(new PredictionEvent(
                id,
                model,
                now,
                Map.of("x", x),
                new Answer("v1", null, output, score, probabilities, 200, 1.0),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1));
    }

    private List<ProfileEvent> estimated() {
        return detector.read(TOPICS.profiles()).stream()
                .filter(p -> p.estimated() != null)
                .toList();
    }

    @Test
    void aBinaryModelsMetricsAreExpectedWithoutAnyLabel() {
        // given
        register("loans", "binary", "");
        estimator("loans", binary());
        // when: the scores of the window are nearer to the middle than those of the reference
        for (int i = 0; i < 240; i++) {
            double score = .3 + .4 * random.nextDouble();
            answered("loans", 1, score > .5 ? "1" : "0", i % 24 == 0 ? null : score, null);
        }
        // then
        assertThat(estimated()).singleElement().satisfies(p -> {
            assertThat(p.rows()).isEqualTo(214);
            assertThat(p.labelled()).isZero();
            assertThat(p.estimated().rows()).isEqualTo(205);
            assertThat(p.estimated().performance().get("accuracy")).isBetween(.56, .64);
            assertThat(p.estimated().intervals().get("accuracy").low()).isBetween(.48, .58);
        });
        assertThat(detector.read(TOPICS.driftSignals()))
                .filteredOn(
                        s -> s.subject().equals("model.estimate") && s.test().equals("accuracy"))
                .singleElement()
                .satisfies(s -> assertThat(s.drifted()).isTrue());
        assertThat(detector.read(TOPICS.ledger())).isEmpty();
    }

    @Test
    void theyRaiseAMinorAlarmWhereThatWasAskedFor() {
        // given
        register("loans", "binary", "metrics: {accuracy: {atLeast: 0.9}}, alarm: {onEstimates: true, persistence: 1}");
        estimator("loans", binary());
        // when
        for (int i = 0; i < 240; i++) {
            double score = .3 + .4 * random.nextDouble();
            answered("loans", 1, score > .5 ? "1" : "0", score, null);
        }
        // then
        assertThat(detector.read(TOPICS.ledger()))
                .singleElement()
                .satisfies(a -> assertThat(a.reason()).startsWith("accuracy is expected to be 0."))
                .extracting(LedgerEntry::inputs)
                .satisfies(i -> assertThat(i)
                        .containsEntry("kind", "estimated_performance")
                        .containsEntry("severity", "minor"));
    }

    @Test
    void ofManyClassesAndOfNumbersToo() {
        // given: errors as large as x
        register("cars", "multiclass", "");
        register("prices", "regression", "");
        EstimatorLearner classes = new EstimatorLearner(Task.MULTICLASS, SCHEMA, "1", 600);
        EstimatorLearner numbers = new EstimatorLearner(Task.REGRESSION, SCHEMA, "1", 600);
        for (int i = 0; i < 600; i++) {
            double p = random.nextDouble();
            String actual = random.nextDouble() < p ? "a" : random.nextBoolean() ? "b" : "c";
            classes.add(
                    new AnsweredRow(
                            Map.of(), p > .4 ? "a" : "b", null, Map.of("a", p, "b", (1 - p) / 2, "c", (1 - p) / 2)),
                    actual);
            double x = random.nextInt(10);
            numbers.add(new AnsweredRow(Map.of("x", x), "5", null, null), "" + (5 + (random.nextBoolean() ? x : -x)));
        }
        estimator("cars", classes.fit(1).orElseThrow());
        estimator("prices", numbers.fit(1).orElseThrow());
        pause = Duration.ofMillis(250);
        // when: the more certain of the first, the harder of the second
        for (int i = 0; i < 70; i++) {
            answered("cars", 1, "a", null, Map.of("a", .9, "b", .05, "c", .05));
            answered("prices", 8, "5", 5.0, null);
        }
        // then
        List<ProfileEvent> told = estimated();
        assertThat(told)
                .filteredOn(p -> p.model().equals("cars"))
                .first()
                .satisfies(p ->
                        assertThat(p.estimated().performance().get("accuracy")).isBetween(.8, 1.0))
                .satisfies(p -> assertThat(p.estimated().rows()).isEqualTo(p.rows()));
        assertThat(told)
                .filteredOn(p -> p.model().equals("prices"))
                .first()
                .satisfies(
                        p -> assertThat(p.estimated().performance().get("mae")).isBetween(7.5, 8.5))
                .satisfies(p -> assertThat(p.estimated().performance()).containsOnlyKeys("mae", "rmse"));
    }

    @Test
    void aChampionThatComesWithoutAnEstimatorGetsOneFromItsFirstOutcomes() {
        // given: a hundred features, so 300 rows are enough
        StringBuilder features = new StringBuilder("x: numeric");
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 1; i < 100; i++) {
            features.append(", f").append(i).append(": categorical");
            values.put("f" + i, null);
        }
        detector.register("{model: prices, task: regression, features: {" + features + "}, watch: {window: 10s}}");
        detector.route("prices", "v1", null);
        // when
        for (int i = 0; i < 325; i++) {
            now = now.plusMillis(i < 300 ? 100 : 1000);
            double x = i % 10;
            values.put("x", x);
            detector.prediction(DetectorDriver.prediction("prices", "p" + i, now, values, "v1", "5"));
            if (i < 300) {
                detector.label("prices", "p" + i, 5 + (i % 20 < 10 ? x : -x), now);
            }
        }
        // then
        assertThat(detector.read(TOPICS.estimators()))
                .singleElement()
                .satisfies(e -> assertThat(e.key()).isEqualTo("prices/v1"))
                .satisfies(e -> assertThat(e.rows()).isEqualTo(300));
        assertThat(estimated())
                .first()
                .satisfies(p -> assertThat(p.windowFrom()).isAfterOrEqualTo(T0.plusSeconds(40)))
                .satisfies(
                        p -> assertThat(p.estimated().performance().get("mae")).isBetween(4.0, 5.0));
        assertThat(detector.read(TOPICS.driftSignals()))
                .filteredOn(s -> s.subject().equals("model.estimate"))
                .isNotEmpty()
                .noneMatch(DriftSignal::drifted);
    }
}
