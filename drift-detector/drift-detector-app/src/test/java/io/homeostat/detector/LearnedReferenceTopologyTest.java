package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that is served elsewhere: no route, no candidate of ours, no reference that comes with it. */
class LearnedReferenceTopologyTest {
    private static final int WINDOW_ROWS = 220;
    private static final String SPEC = """
            {model: loans, task: binary, features: {%s: numeric},
             source: {predictions: {topic: my.scores, id: /id, time: /at, features: /in, prediction: /out, modelVersion: /v}},
             watch: {window: 30s, reference: {rows: 400, time: 0s}, alarm: {cooldown: 30m, settleRows: 100}}}
            """;

    @TempDir
    Path state;

    private final Random random = new Random(7);
    private DetectorDriver detector;
    private Instant now = T0;
    private int rows;
    private boolean yIsMinusX;

    @BeforeEach
    void start() {
        detector = new DetectorDriver(state);
        detector.register(SPEC.formatted("x"));
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    /** Windows of 220 rows, of which another version answers a share. */
    private void windows(int many, double shift, String version, String other, double shareOfOther) {
        for (int i = 0; i < many * WINDOW_ROWS; i++) {
            row(
                    Duration.ofMillis(30_000 / WINDOW_ROWS),
                    shift,
                    random.nextDouble() < shareOfOther ? other : version,
                    "0");
        }
    }

    private void windows(int many, double shift, String version) {
        windows(many, shift, version, "", 0);
    }

    private String row(Duration pause, double shift, String version, String output) {
        now = now.plus(pause);
        String id = "p" + ++rows;
        double x = random.nextGaussian() + shift;
        double y = yIsMinusX ? -x : x;
        detector.user(
                "my.scores",
                null,
                Map.of(),
                "{\"id\":\"" + id + "\",\"at\":\"" + now + "\",\"in\":{\"x\":" + x + ",\"y\":" + y + "},\"out\":"
                        + output + ",\"v\":\"" + version + "\"}",
                now);
        return id;
    }

    private List<ReferenceEvent> references() {
        return detector.read(TOPICS.references());
    }

    private List<DriftSignal> drifted() {
        return detector.read(TOPICS.driftSignals()).stream()
                .filter(s -> s.drifted() && !s.subject().startsWith("model."))
                .toList();
    }

    private List<LedgerEntry> ledger(String action) {
        return detector.read(TOPICS.ledger()).stream()
                .filter(entry -> entry.action().equals(action))
                .toList();
    }

    @Test
    void aReferenceIsLearnedOfTheFirstRowsAndALaterShiftAlarms() {
        // given
        windows(3, 0, "v1");
        assertThat(references()).singleElement().satisfies(event -> {
            assertThat(event.key()).isEqualTo("learned:loans/v1");
            Reference reference = Reference.fromBytes(event.profile());
            assertThat(reference.modelVersion()).isEqualTo("v1");
            assertThat(reference.profile().rows()).isEqualTo(event.rows()).isBetween(430L, 450L);
            assertThat(reference.profile().prediction().counts()).containsKey("0");
            assertThat(reference.season()).isPresent();
        });
        assertThat(detector.read(TOPICS.ledger()))
                .extracting(LedgerEntry::action, LedgerEntry::subject)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("follow", "v1"),
                        org.assertj.core.groups.Tuple.tuple("reference", "v1"));
        windows(2, 0, "v1");
        assertThat(drifted()).isEmpty();
        // when
        windows(4, 2, "v1");
        // then
        assertThat(drifted()).extracting(DriftSignal::subject).containsOnly("x");
        assertThat(ledger("alarm"))
                .singleElement()
                .satisfies(a -> assertThat(a.reason()).startsWith("inputs drifted in 2 windows in a row"));
        assertThat(references()).isEmpty();
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void theVersionThatAnswersMostIsFollowedAndGetsAReferenceOfItsOwn() {
        // given
        windows(3, 0, "v1", "v2", .05);
        references();
        // when: an even split does not change who is followed, a takeover does
        windows(2, 0, "v1", "v2", .5);
        assertThat(ledger("follow")).extracting(LedgerEntry::subject).containsExactly("v1");
        windows(4, 2, "v2", "v1", .05);
        // then
        assertThat(ledger("follow"))
                .singleElement()
                .satisfies(e -> assertThat(e.reason())
                        .isEqualTo("no route says who serves; v2 answers at least twice as many rows as v1"));
        assertThat(references()).extracting(ReferenceEvent::key).containsExactly("learned:loans/v2");
        drifted();
        windows(2, 2, "v2");
        assertThat(drifted()).isEmpty();
        // and back to v1, whose reference is known
        windows(3, 0, "v1");
        assertThat(references()).isEmpty();
        assertThat(ledger("follow")).extracting(LedgerEntry::subject).containsExactly("v1");
    }

    @Test
    void aReferenceThatComesWithTheVersionWinsOverTheLearnedOne() {
        // given
        windows(3, 0, "v1");
        assertThat(references()).hasSize(1);
        // when: what came with it knows x around 2
        ModelSpec spec = ModelSpec.read(SPEC.formatted("x").getBytes(StandardCharsets.UTF_8));
        ReferenceBuilder builder = new ReferenceBuilder(SpecMapping.schema(spec), Task.BINARY);
        for (int i = 0; i < 1_000; i++) {
            builder.add(Map.of("x", random.nextGaussian() + 2), null, "0", null);
        }
        detector.reference(new ReferenceEvent(
                "loans", "v1", T0, 1_000, builder.build("v1", T0, T0).toBytes()));
        windows(3, 0, "v1");
        // then
        assertThat(drifted()).isNotEmpty();
        windows(1, 2, "v1");
        drifted();
        windows(2, 2, "v1");
        assertThat(drifted()).isEmpty();
    }

    @Test
    void aLearnedReferenceOfOtherFeaturesIsLearnedAnew() {
        // given
        windows(3, 0, "v1");
        assertThat(references()).hasSize(1);
        // when
        detector.register(SPEC.formatted("y"));
        windows(4, 0, "v1");
        // then
        assertThat(references())
                .singleElement()
                .satisfies(event -> assertThat(
                                Reference.fromBytes(event.profile()).schema().features())
                        .containsOnlyKeys("y"));
        assertThat(drifted()).isEmpty();
    }

    @Test
    void rowsAsAWholeAreComparedIfTheSpecSaysSo() {
        // given: x and y are the same
        String both = SPEC.formatted("y: numeric, x").replace("watch: {", "watch: {joint: true, ");
        detector.register(both);
        windows(3, 0, "v1");
        assertThat(references())
                .singleElement()
                .satisfies(event ->
                        assertThat(Reference.fromBytes(event.profile()).rows()).isPresent());
        windows(2, 0, "v1");
        assertThat(detector.read(TOPICS.driftSignals()))
                .filteredOn(s -> s.subject().equals("model.rows") && s.pValue() < 1)
                .isNotEmpty()
                .noneMatch(DriftSignal::drifted);
        // when: y goes the other way
        yIsMinusX = true;
        windows(3, 0, "v1");
        // then
        assertThat(detector.read(TOPICS.driftSignals()).stream().filter(DriftSignal::drifted))
                .isNotEmpty()
                .allSatisfy(s -> assertThat(s.subject()).isEqualTo("model.rows"));
        assertThat(ledger("alarm")).isEmpty();
    }

    @Test
    void itsErrorsAreFollowedFromTheFirstOutcomeOn() {
        // given: a rate of .1 over 560 labels, while the reference is learned
        outcomes(560, .1);
        assertThat(references()).hasSize(1);
        assertThat(ledger("alarm")).isEmpty();
        // when
        outcomes(110, .6);
        // then
        assertThat(ledger("alarm"))
                .singleElement()
                .satisfies(a -> assertThat(a.reason()).startsWith("error rate rose from"));
        assertThat(detector.read(TOPICS.retuneEvents()))
                .singleElement()
                .extracting(RetuneEvent::modelVersion)
                .isEqualTo("v1");
    }

    private void outcomes(int many, double errorRate) {
        for (int i = 0; i < many; i++) {
            String id = row(Duration.ofSeconds(1), 0, "v1", random.nextDouble() < errorRate ? "1" : "0");
            detector.label("loans", id, 0, now.plusSeconds(2));
        }
    }
}
