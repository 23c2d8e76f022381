package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models of many classes and of numbers, from their events to alarms and evidence. */
class TasksTopologyTest {
    private static final int WINDOW_ROWS = 220;
    private static final String WATCH =
            "watch: {window: 30s, reference: {rows: 400, time: 0s}, alarm: {cooldown: 30m, settleRows: 50}}";

    @TempDir
    Path state;

    private final Random random = new Random(7);
    private DetectorDriver detector;
    private Instant now = T0;
    private String truth = "";
    private int rows;

    @BeforeEach
    void start() {
        detector = new DetectorDriver(state);
        detector.register("{model: cars, task: multiclass, features: {x: numeric}, " + WATCH + "}");
        detector.register("{model: prices, task: regression, features: {x: numeric}, " + WATCH + "}");
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    private String predict(
            String model, String output, @Nullable Double score, @Nullable Map<String, Double> probabilities) {
        now = now.plusMillis(30_000 / WINDOW_ROWS);
        String id = "p" + ++rows;
        detector.prediction(new PredictionEvent(
                id,
                model,
                now,
                Map.of("x", random.nextGaussian()),
                new PredictionEvent.Answer("v1", null, output, score, probabilities, 200, 1.0),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1));
        return id;
    }

    /** Cars of which a share is of class c; the others are a or b. */
    private String car(double shareOfC, double errorRate) {
        String output = random.nextDouble() < shareOfC ? "c" : random.nextBoolean() ? "a" : "b";
        Map<String, Double> all = new HashMap<>(Map.of("a", .1, "b", .1, "c", .1));
        all.put(output, .8);
        String id = predict("cars", output, null, all);
        truth = random.nextDouble() >= errorRate ? output : output.equals("a") ? "b" : "a";
        return id;
    }

    /** Windows of cars whose labels never come. */
    private void cars(int windows, double shareOfC) {
        for (int i = 0; i < windows * WINDOW_ROWS; i++) {
            car(shareOfC, 0);
        }
    }

    private void labelledCars(int many, double errorRate) {
        for (int i = 0; i < many; i++) {
            detector.label("cars", car(.3, errorRate), truth, now);
        }
    }

    /** Windows of prices around a level, whose labels never come. */
    private void prices(int windows, double level) {
        for (int i = 0; i < windows * WINDOW_ROWS; i++) {
            predict("prices", String.valueOf(level + 10 * random.nextGaussian()), null, null);
        }
    }

    private void labelledPrices(int many, double deviation) {
        for (int i = 0; i < many; i++) {
            double price = 100 + 10 * random.nextGaussian();
            String id = predict("prices", String.valueOf(price), null, null);
            detector.label("prices", id, price + deviation * random.nextGaussian(), now);
        }
    }

    private List<DriftSignal> drifted() {
        return detector.read(TOPICS.driftSignals()).stream()
                .filter(s -> s.drifted() && !s.subject().equals("model.error"))
                .toList();
    }

    private List<LedgerEntry> alarms() {
        return detector.read(TOPICS.ledger()).stream()
                .filter(entry -> entry.action().equals("alarm"))
                .toList();
    }

    @Test
    void otherClassesThanBeforeAreSignalledAndStandInTheEvidence() {
        // given
        cars(4, .2);
        assertThat(drifted()).isEmpty();
        assertThat(alarms()).isEmpty();
        // when
        cars(3, .8);
        // then
        assertThat(drifted())
                .extracting(DriftSignal::subject)
                .contains("model.prediction")
                .doesNotContain("x");
        assertThat(alarms())
                .first()
                .satisfies(alarm -> assertThat(alarm.evidence().features())
                        .extracting(FeatureShift::feature, FeatureShift::categories)
                        .contains(org.assertj.core.groups.Tuple.tuple("model.prediction", List.of("c", "a", "b"))));
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void theMetricsOfManyClassesAreKnownAndRisingErrorsAlarm() {
        // given
        labelledCars(560, .1);
        assertThat(alarms()).isEmpty();
        assertThat(detector.read(TOPICS.profiles()))
                .map(ProfileEvent::performance)
                .filteredOn(p -> !p.isEmpty())
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p)
                        .containsOnlyKeys(
                                "accuracy",
                                "balancedAccuracy",
                                "precision",
                                "recall",
                                "f1",
                                "auc",
                                "logLoss",
                                "brier",
                                "calibrationError"))
                .allSatisfy(p -> assertThat(p.get("auc")).isBetween(.8, 1.0));
        // when
        labelledCars(120, .6);
        // then
        assertThat(alarms())
                .singleElement()
                .satisfies(a -> assertThat(a.reason()).startsWith("error rate rose from"));
        assertThat(detector.read(TOPICS.retuneEvents())).hasSize(1);
    }

    @Test
    void otherNumbersThanBeforeAreSignalledThoughAnAnswerHasNoScore() {
        // given
        prices(4, 100);
        assertThat(drifted()).isEmpty();
        // when
        prices(3, 130);
        // then
        assertThat(drifted()).extracting(DriftSignal::subject).containsOnly("model.score");
        assertThat(alarms())
                .first()
                .satisfies(alarm -> assertThat(alarm.evidence().features())
                        .extracting(FeatureShift::feature)
                        .containsExactly("model.score"));
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void theErrorsOfNumbersAreFollowedInUnitsOfTheFirstOnes() {
        // given: 500 errors for their scale, 500 for their mean
        labelledPrices(1_010, 2);
        assertThat(alarms()).isEmpty();
        assertThat(detector.read(TOPICS.profiles()))
                .map(ProfileEvent::performance)
                .filteredOn(p -> !p.isEmpty())
                .isNotEmpty()
                .allSatisfy(p -> assertThat(p).containsOnlyKeys("rmse", "mae", "r2"))
                .allSatisfy(p -> assertThat(p.get("rmse")).isBetween(1.5, 2.5));
        // when
        labelledPrices(120, 6);
        // then
        assertThat(alarms())
                .singleElement()
                .satisfies(a -> assertThat(a.reason()).startsWith("mean scaled error rose"));
        assertThat(detector.read(TOPICS.retuneEvents())).hasSize(1);
    }

    @Test
    void aProbabilityOutsideItsRangeIsSetAside() {
        predict("cars", "a", null, Map.of("a", 1.5));
        predict("cars", "a", null, Map.of("a", Double.NaN));
        assertThat(detector.dead())
                .hasSize(2)
                .allSatisfy(d -> assertThat(d.message()).startsWith("answer.probabilities.a: "));
    }
}
