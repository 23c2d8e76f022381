package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.performance.Task;
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

/** From traffic to signals, alarms and wishes to re-tune. */
class DriftTopologyTest {
    private static final String SPEC = """
            {model: loans, task: binary, features: {x: numeric},
             watch: {window: 30s, alarm: {cooldown: 30m, settleRows: 100}}}
            """;
    private static final Duration COOLDOWN = Duration.ofMinutes(30);
    private static final double RATE = 0.1;

    @TempDir
    Path state;

    private final Random random = new Random(7);
    private DetectorDriver detector;
    private String champion = "v1";
    private Instant now = T0;
    private Duration pause = Duration.ofSeconds(5);
    private int rows;

    @BeforeEach
    void start() {
        detector = new DetectorDriver(state);
        detector.register(SPEC);
        reference("v1");
        detector.route("loans", "v1", null);
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    private void reference(String version) {
        ModelSpec spec = ModelSpec.read(SPEC.getBytes(StandardCharsets.UTF_8));
        ReferenceBuilder builder = new ReferenceBuilder(SpecMapping.schema(spec), Task.BINARY);
        Random past = new Random(3);
        for (int i = 0; i < 1000; i++) {
            builder.add(Map.of("x", past.nextGaussian()), null, "0", i < 1000 * RATE ? 1.0 : 0.0);
        }
        byte[] bytes = builder.build(version, T0, T0).toBytes();
        detector.reference(new ReferenceEvent("loans", version, T0, 1000, bytes));
    }

    /** Rows of which the champion errs in a share; what is ten times too slow for a window to say anything of inputs. */
    private void outcomes(int many, double errorRate) {
        for (int i = 0; i < many; i++) {
            String output = random.nextDouble() < errorRate ? "1" : "0";
            String id = predict(pause, 0, output);
            detector.label("loans", id, 0, now.plusSeconds(2));
        }
    }

    private String predict(Duration pause, double shift, String output) {
        now = now.plus(pause);
        String id = "p" + ++rows;
        Map<String, Object> features = Map.of("x", random.nextGaussian() + shift);
        detector.prediction(DetectorDriver.prediction("loans", id, now, features, champion, output));
        return id;
    }

    private void windows(int many, double shift) {
        for (int i = 0; i < many * 250; i++) {
            predict(Duration.ofMillis(120), shift, "0");
        }
    }

    private List<LedgerEntry> alarms() {
        return detector.read(TOPICS.ledger());
    }

    private List<RetuneEvent> retunes() {
        return detector.read(TOPICS.retuneEvents());
    }

    private List<DriftSignal> driftedInputs() {
        return detector.read(TOPICS.driftSignals()).stream()
                .filter(s -> s.subject().equals("x") && s.drifted())
                .toList();
    }

    private void retuneEnds(String id, RetuneStatus.Phase phase) {
        RetuneStatus status = new RetuneStatus(
                id,
                "loans",
                phase,
                RetuneEvent.Trigger.ALARM,
                now,
                now,
                "the champion is as good",
                null,
                null,
                0,
                null,
                null);
        detector.send(TOPICS.retunes(), "loans", Json.text(status));
    }

    @Test
    void risingErrorsAreOneAlarmAndOneWishToRetune() {
        // given
        outcomes(300, RATE);
        assertThat(alarms()).isEmpty();
        Instant changed = now;
        // when
        outcomes(140, 0.6);
        // then
        List<LedgerEntry> alarms = alarms();
        assertThat(alarms).extracting(LedgerEntry::action).containsExactly("alarm");
        assertThat(alarms.get(0).reason()).startsWith("error rate rose from");
        List<RetuneEvent> retunes = retunes();
        assertThat(retunes).hasSize(1);
        RetuneEvent asked = retunes.get(0);
        assertThat(asked.id()).isEqualTo("loans-r1");
        assertThat(asked.modelVersion()).isEqualTo("v1");
        assertThat(asked.trigger()).isEqualTo(RetuneEvent.Trigger.ALARM);
        assertThat(asked.rowsSinceChange()).isGreaterThanOrEqualTo(100);
        assertThat(Duration.between(changed, asked.changeSince()).abs()).isLessThan(Duration.ofSeconds(30 * 5));
        assertThat(asked.dataUntil()).isBetween(changed.plusSeconds(90 * 5), changed.plusSeconds(140 * 5));
        assertThat(asked.evidence()).extracting(DriftSignal::subject).containsOnly("model.error");
        assertThat(asked.alarmId()).isEqualTo(alarms.get(0).subject());
        assertThat(alarms.get(0).evidence().signals()).isEqualTo(asked.evidence());
        assertThat(alarms.get(0).evidence().features()).isEmpty();
        assertThat(detector.read(TOPICS.profiles()))
                .extracting(ProfileEvent::modelVersion)
                .isNotEmpty()
                .containsOnly("v1");
    }

    @Test
    void driftOfAnInputIsSignalledAndAlarmsInTheSecondWindow() {
        // given
        windows(1, 0);
        assertThat(driftedInputs()).isEmpty();
        // when
        windows(2, 2);
        // then
        assertThat(driftedInputs()).isNotEmpty();
        assertThat(alarms()).isEmpty();
        // and when the second of them has ended
        windows(1, 2);
        assertThat(driftedInputs()).extracting(DriftSignal::test).contains("psi", "ks");
        assertThat(alarms())
                .singleElement()
                .satisfies(a -> assertThat(a.reason()).startsWith("inputs drifted in 2 windows in a row: 1 feature"))
                .satisfies(a -> assertThat(a.evidence().features())
                        .singleElement()
                        .satisfies(x -> assertThat(x.window().shares().get(11))
                                .isGreaterThan(x.reference().shares().get(11))));
        assertThat(detector.read(TOPICS.profiles()))
                .isNotEmpty()
                .allSatisfy(w -> assertThat(w.rows()).isPositive());
    }

    @Test
    void nothingIsAlarmedWhenNothingChanges() {
        // when
        outcomes(200, RATE);
        windows(3, 0);
        // then
        assertThat(alarms()).isEmpty();
        assertThat(retunes()).isEmpty();
        assertThat(detector.read(TOPICS.driftSignals()))
                .isNotEmpty()
                .filteredOn(s -> s.subject().equals("x"))
                .noneMatch(DriftSignal::drifted);
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void aRolloutHoldsAlarmsBackAndAPreviousChampionKeptWarmDoesNot() {
        // given
        detector.route("loans", "v1", "v2");
        // when
        outcomes(140, 0.6);
        // then
        assertThat(alarms()).isEmpty();
        // and when the challenger was promoted, is no better, and the one before is kept warm
        reference("v2");
        detector.route("loans", "v2", "v1");
        champion = "v2";
        outcomes(140, 0.6);
        assertThat(alarms()).hasSize(1);
        assertThat(retunes()).extracting(RetuneEvent::modelVersion).containsExactly("v2");
    }

    @Test
    void alarmsGoOnAfterARetuneWithoutImprovementAndItsCooldown() {
        // given
        outcomes(140, 0.6);
        assertThat(alarms()).hasSize(1);
        assertThat(retunes()).hasSize(1);
        // when
        retuneEnds("loans-r1", RetuneStatus.Phase.SEARCH);
        retuneEnds("loans-r1", RetuneStatus.Phase.NO_IMPROVEMENT);
        Instant ended = now;
        pause = Duration.ofMinutes(1);
        outcomes(29, 0.6);
        // then
        assertThat(alarms()).isEmpty();
        // and when the cooldown is over
        outcomes(120, 0.6);
        assertThat(alarms()).first().satisfies(a -> assertThat(a.at()).isAfterOrEqualTo(ended.plus(COOLDOWN)));
        assertThat(retunes()).first().satisfies(r -> assertThat(r.id()).isEqualTo("loans-r2"));
    }

    @Test
    void anOldRouteChangesNothing() {
        // given: revisions 1 to 3
        detector.route("loans", "v2", "v1");
        detector.route("loans", "v1", null);
        // when: revision 1 is read again, as after a restart of whoever wrote it
        detector.repeatRoute("loans", "v2", 1);
        outcomes(140, 0.6);
        // then
        assertThat(retunes()).extracting(RetuneEvent::modelVersion).containsExactly("v1");
    }

    @Test
    void aReferenceThatComesAfterItsRouteIsTaken() {
        // given
        detector.route("loans", "v2", null);
        champion = "v2";
        windows(1, 0);
        // when
        reference("v2");
        windows(3, 2);
        // then
        assertThat(driftedInputs()).isNotEmpty();
    }

    @Test
    void theErrorOfARegressionIsFollowed() {
        // given
        detector.register("{model: prices, task: regression, features: {x: numeric}, watch: {window: 30s}}");
        detector.route("prices", "v1", null);
        // when
        for (int i = 0; i < 250; i++) {
            now = now.plusMillis(200);
            detector.prediction(
                    DetectorDriver.prediction("prices", "r" + i, now, Map.of("x", 1.0), "v1", i % 2 == 0 ? "3" : "1"));
            detector.label("prices", "r" + i, 2.0, now);
        }
        // then
        assertThat(detector.read(TOPICS.profiles()))
                .first()
                .satisfies(
                        p -> assertThat(p.performance()).containsOnly(Map.entry("rmse", 1.0), Map.entry("mae", 1.0)));
    }

    @Test
    void theAccuracyOfManyClassesIsFollowed() {
        // given
        detector.register("{model: cars, task: multiclass, features: {x: categorical}, watch: {window: 30s}}");
        detector.route("cars", "v1", null);
        // when
        for (int i = 0; i < 250; i++) {
            now = now.plusMillis(200);
            detector.prediction(DetectorDriver.prediction(
                    "cars", "c" + i, now, Map.of("x", 1.0 * i), "v1", i % 2 == 0 ? "a" : "b"));
            detector.label("cars", "c" + i, "a", now);
        }
        // then
        assertThat(detector.read(TOPICS.profiles()))
                .first()
                .satisfies(p -> assertThat(p.performance().get("accuracy")).isBetween(0.49, 0.51));
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void aModelOfAnotherTaskUnderTheSameNameBeginsAnew() {
        // given
        outcomes(20, RATE);
        // when
        detector.register("{model: loans, task: regression, features: {x: categorical}, watch: {window: 30s}}");
        outcomes(20, RATE);
        detector.route("loans", "v1", null);
        outcomes(20, RATE);
        // then
        assertThat(detector.read(TOPICS.profiles()))
                .last()
                .satisfies(p -> assertThat(p.performance()).containsKey("rmse"));
    }
}
