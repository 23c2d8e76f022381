package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feature rows are profiled and tested like a model's inputs, without a model. */
class FeatureRowsTopologyTest {
    private static final String SPEC =
            "{model: sensors, features: {x: numeric}, source: {features: my.rows}, watch: {window: 30s,"
                    + " alarm: {cooldown: 5m, settleRows: 0}, reference: {rows: 500, time: 0s}}}";

    @TempDir
    Path state;

    private final Random random = new Random(7);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private DetectorDriver detector;
    private Instant now = T0;

    @BeforeEach
    void start() {
        Metrics.globalRegistry.add(meters);
        detector = new DetectorDriver(state);
        detector.register(SPEC);
    }

    @AfterEach
    void stop() {
        detector.close();
        Metrics.globalRegistry.remove(meters);
    }

    private void row(Instant at, double x) {
        detector.user("my.rows", null, Map.of(), "{\"x\":" + x + "}", at);
    }

    private void windows(int many, double shift) {
        for (int i = 0; i < many * 250; i++) {
            now = now.plusMillis(120);
            row(now, random.nextGaussian() + shift);
        }
    }

    /** A reference that somebody made of the rows. */
    private void reference() {
        ModelSpec spec = ModelSpec.read(SPEC.getBytes(StandardCharsets.UTF_8));
        ReferenceBuilder builder = new ReferenceBuilder(SpecMapping.schema(spec), Task.REGRESSION);
        Random past = new Random(3);
        for (int i = 0; i < 1000; i++) {
            builder.add(Map.of("x", past.nextGaussian()), null, null, 0.0);
        }
        byte[] bytes = builder.build(FeatureRow.VERSION, T0, T0).toBytes();
        detector.reference(new ReferenceEvent("sensors", FeatureRow.VERSION, T0, 1000, bytes));
    }

    private List<DriftSignal> signals() {
        return detector.read(TOPICS.driftSignals()).stream()
                .filter(s -> s.subject().equals("x"))
                .toList();
    }

    @Test
    void windowsThatNotAllPartitionsTellOfAreTestedThoughNoRowComesAnyMore(@TempDir Path other) {
        // given: all rows are in one of two partitions
        detector.close();
        detector = new DetectorDriver(other, new Topics("homeostat", 2, (short) 1));
        detector.register(SPEC);
        windows(6, 0);
        assertThat(detector.read(TOPICS.profiles())).isEmpty();

        // when
        detector.waitForTheLate();

        // then: all that have ended
        assertThat(detector.read(TOPICS.profiles()))
                .extracting(ProfileEvent::windowFrom)
                .containsExactly(T0, T0.plusSeconds(30), T0.plusSeconds(60), T0.plusSeconds(90), T0.plusSeconds(120));
    }

    @Test
    void aShiftOfTheRowsIsSignalled() {
        // given
        reference();
        windows(2, 0);
        assertThat(signals()).isNotEmpty().noneMatch(DriftSignal::drifted);
        // when
        windows(3, 2);
        // then
        assertThat(signals())
                .filteredOn(DriftSignal::drifted)
                .isNotEmpty()
                .allMatch(s -> s.modelVersion().equals(FeatureRow.VERSION));
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void aReferenceIsLearnedOfTheFirstRowsAndAShiftAlarmsWithoutAWishToRetune() {
        // given
        windows(4, 0);
        assertThat(detector.read(TOPICS.references()))
                .singleElement()
                .satisfies(r -> assertThat(r.key()).isEqualTo("learned:sensors/features"))
                .satisfies(r -> assertThat(r.rows()).isBetween(500L, 750L));
        windows(4, 0);
        assertThat(signals()).isNotEmpty().noneMatch(DriftSignal::drifted);
        detector.read(TOPICS.ledger());
        // when
        windows(5, 2);
        // then
        assertThat(detector.read(TOPICS.ledger())).singleElement().satisfies(alarm -> {
            assertThat(alarm.action()).isEqualTo("alarm");
            assertThat(alarm.subject()).startsWith("sensors.features@");
            assertThat(alarm.inputs()).containsEntry("modelVersion", FeatureRow.VERSION);
            assertThat(alarm.evidence().features()).extracting(f -> f.feature()).containsExactly("x");
        });
        assertThat(detector.read(TOPICS.retuneEvents())).isEmpty();
        assertThat(detector.read(TOPICS.references())).isEmpty();
    }

    @Test
    void aModelsFeatureRowsAreWatchedBesideItsPredictions() {
        // given
        detector.register("{model: both, task: binary, features: {x: numeric},"
                + " source: {predictions: homeostat.predictions, features: my.rows},"
                + " watch: {window: 30s, reference: {rows: 500, time: 0s}}}");
        for (int i = 0; i < 1_500; i++) {
            now = now.plusMillis(120);
            row(now, random.nextGaussian());
            Map<String, Object> features = Map.of("x", random.nextGaussian() + 10);
            detector.prediction(DetectorDriver.prediction("both", "p" + i, now, features, "v1", "1"));
        }
        // then
        assertThat(detector.read(TOPICS.references()))
                .extracting(ReferenceEvent::key)
                .contains("learned:both/features", "learned:both/v1");
        assertThat(signals())
                .filteredOn(s -> s.model().equals("both"))
                .noneMatch(DriftSignal::drifted)
                .extracting(DriftSignal::modelVersion)
                .contains("v1", FeatureRow.VERSION);
    }

    @Test
    void aRowThatComesLongAfterItsWindowIsCountedAndLeftOut() {
        // given
        windows(3, 0);
        row(now.minusSeconds(40), 0);
        // when
        row(T0.plusSeconds(1), 0);
        // then
        assertThat(meters.get("homeostat.detector.rows.late").counter().count()).isEqualTo(1);
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void whatIsNoRowIsSaid() {
        // when
        detector.user("my.rows", null, Map.of(), "{\"y\":1}", T0);
        detector.user("my.rows", null, Map.of("ce_time", "2199-01-01T00:00:00Z"), "{\"x\":1}", T0);
        detector.user("my.rows", null, Map.of(), "{\"x\":1}", Instant.EPOCH);
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::message)
                .satisfiesExactly(
                        m -> assertThat(m)
                                .startsWith(
                                        "model sensors, source.features.features.x: nothing stands at /x; write null"),
                        m -> assertThat(m).startsWith("time: 2199-01-01T00:00:00Z is more than 1 h ahead"),
                        m -> assertThat(m)
                                .startsWith("model sensors, source.features.time: the record has no timestamp"));
    }
}
