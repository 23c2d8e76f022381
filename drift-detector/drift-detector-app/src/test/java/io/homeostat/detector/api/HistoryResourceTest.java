package io.homeostat.detector.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.AlarmEvidence;
import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetricInterval;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.SliceRef;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryResourceTest {
    private static final Topics TOPICS = new Topics("mine", 1, (short) 1);
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final String ALARM = "loans@2026-01-31T12:30:00Z";

    private final History history = new History();

    @SuppressWarnings("NullAway") // which models there are is said here
    private final HistoryResource resource = new HistoryResource(
            new KnownModels(TOPICS, null) {
                @Override
                void check(String model) {
                    if (!model.equals("loans")) {
                        throw new AnswerException(404, "model: '" + model + "' is not registered");
                    }
                }
            },
            new HistoryKeeper(TOPICS, "nowhere:1") {
                @Override
                History history() {
                    return history;
                }
            });

    private static Instant minute(int minute) {
        return T0.plusSeconds(60L * minute);
    }

    private void signal(int minute, String feature, String test, boolean drifted) {
        Instant at = minute(minute);
        history.signal(
                "loans",
                new DriftSignal("loans", "v1", at, at, at, feature, test, 1, null, null, null, drifted, "because"));
    }

    private void outcomes(int minute, double accuracy) {
        history.profile(
                "loans",
                new ProfileEvent(
                        "loans", "v1", minute(minute), minute(minute + 1), 90, 90, Map.of("accuracy", accuracy)));
    }

    private void rows(int minute, long rows) {
        history.profile(
                "loans", new ProfileEvent("loans", "v1", minute(minute), minute(minute + 1), rows, 0, Map.of()));
    }

    private void alarm(int minute) {
        FeatureShift shift = new FeatureShift(
                "x",
                List.of(1.0),
                null,
                new FeatureShift.Side(100, 0, List.of(0.5, 0.5)),
                new FeatureShift.Side(100, 0, List.of(0.1, 0.9)));
        history.ledger(
                "loans",
                new LedgerEntry(
                        "loans",
                        minute(minute),
                        LedgerEntry.Process.MONITOR,
                        "loans@" + minute(minute),
                        "alarm",
                        "inputs drifted",
                        Map.of(
                                "modelVersion",
                                "v1",
                                "changeSince",
                                minute(minute - 2).toString()),
                        new AlarmEvidence(List.of(), List.of(shift))));
    }

    private static JsonNode json(Response response) {
        assertThat(response.getStatus()).isEqualTo(200);
        try {
            return Json.mapper().readTree((String) response.getEntity());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private JsonNode signals(String feature, String test, Boolean drifted, Instant since, Instant until, int limit) {
        return json(resource.signals("loans", feature, test, drifted, new Selection(since, until, limit, 0)));
    }

    @Test
    void signalsAreSelectedAndNewestFirst() {
        // given
        signal(1, "x", "psi", true);
        signal(1, "y", "psi", false);
        signal(2, "x", "ks", true);
        signal(3, "x", "psi", false);
        // then
        assertThat(signals(null, null, null, null, null, 100).findValuesAsText("at"))
                .containsExactly(
                        "2026-01-31T12:03:00Z", "2026-01-31T12:02:00Z", "2026-01-31T12:01:00Z", "2026-01-31T12:01:00Z");
        assertThat(signals("x", "psi", null, null, null, 100)).hasSize(2);
        assertThat(signals(null, null, true, null, null, 100)).hasSize(2);
        assertThat(signals(null, null, false, null, null, 100)).hasSize(2);
        assertThat(signals(null, null, null, minute(2), minute(3), 100)).hasSize(1);
        assertThat(signals(null, null, null, null, null, 1)).hasSize(1);
        assertThat(signals("z", null, null, null, null, 100)).isEmpty();
    }

    @Test
    void pagesGoOnWhereOneEndedThoughManyAreOfOneInstant() {
        // given
        for (int i = 0; i < 5; i++) {
            signal(1, "f" + i, "psi", false);
        }
        // then
        assertThat(json(resource.signals("loans", null, null, null, new Selection(null, null, 2, 0)))
                        .findValuesAsText("subject"))
                .containsExactly("f4", "f3");
        assertThat(json(resource.signals("loans", null, null, null, new Selection(null, null, 2, 4)))
                        .findValuesAsText("subject"))
                .containsExactly("f0");
        assertThat(json(resource.signals("loans", null, null, null, new Selection(null, null, 100, 9))))
                .isEmpty();
    }

    @Test
    void windowsAreInTheirOrderAndPartsOfOneTakeNoRoomOfOthers() {
        // given
        outcomes(1, .9);
        rows(3, 5);
        rows(1, 5);
        rows(2, 5);
        // when
        for (int i = 0; i < 2 * History.MOST_WINDOWS; i++) {
            rows(2, 1);
        }
        JsonNode windows = json(resource.windows("loans", new Selection(null, null, 100, 0)));
        // then
        assertThat(windows.findValuesAsText("from"))
                .containsExactly("2026-01-31T12:03:00Z", "2026-01-31T12:02:00Z", "2026-01-31T12:01:00Z");
        assertThat(windows.findValuesAsText("rows")).containsExactly("5", "2005", "5");
        assertThat(windows.at("/2/metrics/accuracy").asDouble()).isEqualTo(.9);
        // and there is an end
        for (int i = 0; i <= History.MOST_WINDOWS; i++) {
            rows(10 + i, 1);
        }
        assertThat(history.windows.of("loans")).hasSize(History.MOST_WINDOWS);
    }

    @Test
    void anAlarmAboutASliceHasItsSeries() {
        // given
        slice(1, "car", "bmw", .9);
        slice(2, "car", "bmw", .6);
        slice(2, "car", "fiat", .9);
        history.ledger(
                "loans",
                new LedgerEntry(
                        "loans",
                        minute(3),
                        LedgerEntry.Process.MONITOR,
                        "loans@x",
                        "alarm",
                        "accuracy of car=bmw",
                        Map.of("modelVersion", "v1", "changeSince", minute(2).toString()),
                        new AlarmEvidence(
                                List.of(new DriftSignal(
                                        "loans",
                                        "v1",
                                        minute(3),
                                        minute(2),
                                        minute(3),
                                        "car=bmw",
                                        "accuracy",
                                        .6,
                                        .2,
                                        .001,
                                        .8,
                                        true,
                                        "because")),
                                List.of())));
        // when
        JsonNode slices = json(resource.evidence("loans", "loans@x")).at("/slices");
        // then
        assertThat(slices).hasSize(1);
        assertThat(slices.at("/0/slice").asText()).isEqualTo("car=bmw");
        assertThat(slices.at("/0/bound").asDouble()).isEqualTo(.8);
        assertThat(slices.at("/0/points").findValuesAsText("value")).containsExactly("0.9", "0.6");
        assertThat(slices.at("/0/points/1/interval/n").asInt()).isEqualTo(90);
    }

    @Test
    void whatIsExpectedStandsBesideWhatTheLabelsSaid() {
        // given
        history.profile(
                "loans",
                new ProfileEvent(
                        "loans",
                        "v1",
                        minute(1),
                        minute(2),
                        500,
                        0,
                        Map.of(),
                        Map.of(),
                        null,
                        new ProfileEvent.Estimate(
                                480,
                                Map.of("accuracy", .85),
                                Map.of("accuracy", new MetricInterval(480, .02, .81, .89, false)))));
        outcomes(1, .9);
        // when
        JsonNode windows = json(resource.windows("loans", new Selection(null, null, 100, 0)));
        // then
        assertThat(windows).hasSize(1);
        assertThat(windows.at("/0/rows").asInt()).isEqualTo(500);
        assertThat(windows.at("/0/metrics/accuracy").asDouble()).isEqualTo(.9);
        assertThat(windows.at("/0/estimated/performance/accuracy").asDouble()).isEqualTo(.85);
        assertThat(windows.at("/0/estimated/intervals/accuracy/low").asDouble()).isEqualTo(.81);
    }

    @Test
    void slicesAreSelectedByColumnAndValueAndAreNoWindows() {
        // given
        slice(1, "car", "bmw", .9);
        slice(1, "car", "fiat", .8);
        slice(1, "salary", "at most 100", .7);
        slice(2, "car", "bmw", .6);
        // then
        assertThat(json(resource.slices("loans", null, null, new Selection(null, null, 100, 0))))
                .hasSize(4);
        assertThat(json(resource.slices("loans", "car", null, new Selection(null, null, 2, 0))))
                .hasSize(2);
        JsonNode found = json(resource.slices("loans", "car", "bmw", new Selection(null, null, 100, 0)));
        assertThat(found.findValuesAsText("from")).containsExactly("2026-01-31T12:02:00Z", "2026-01-31T12:01:00Z");
        assertThat(found.get(0).at("/metrics/accuracy").asDouble()).isEqualTo(.6);
        assertThat(found.get(0).at("/intervals/accuracy/n").asInt()).isEqualTo(90);
        assertThat(json(resource.slices("loans", "salary", "at most 100", new Selection(minute(2), null, 100, 0))))
                .isEmpty();
        assertThat(json(resource.windows("loans", new Selection(null, null, 100, 0))))
                .isEmpty();
    }

    private void slice(int minute, String column, String value, double accuracy) {
        history.profile(
                "loans",
                new ProfileEvent(
                        "loans",
                        "v1",
                        minute(minute),
                        minute(minute + 1),
                        90,
                        90,
                        Map.of("accuracy", accuracy),
                        Map.of("accuracy", new MetricInterval(90, .03, accuracy - .1, accuracy + .1, true)),
                        new SliceRef(column, value),
                        null));
    }

    @Test
    void aWindowsRowsAndMetricsAreOneThoughToldApart() {
        // given
        rows(1, 100);
        outcomes(1, 0.9);
        rows(2, 120);
        rows(1, 5);
        // when
        JsonNode windows = json(resource.windows("loans", new Selection(null, null, 100, 0)));
        // then
        assertThat(windows).hasSize(2);
        assertThat(windows.get(0).get("rows").asLong()).isEqualTo(120);
        JsonNode first = windows.get(1);
        assertThat(first.get("from").asText()).isEqualTo("2026-01-31T12:01:00Z");
        assertThat(first.get("rows").asLong()).isEqualTo(105);
        assertThat(first.get("labelled").asLong()).isEqualTo(90);
        assertThat(first.get("metrics").get("accuracy").asDouble()).isEqualTo(0.9);
    }

    @Test
    void anAlarmNamesTheRetuneItLedToAndNoOther() {
        // given
        alarm(30);
        alarm(90);
        history.retune("loans", retune("loans-r1", ALARM));
        history.retune("loans", retune("person-1", null));
        // when
        JsonNode alarms = json(resource.alarms("loans", new Selection(null, null, 100, 0)));
        // then
        assertThat(alarms.findValuesAsText("reason")).hasSize(2);
        assertThat(alarms.get(0).get("retunes")).isEmpty();
        assertThat(alarms.get(1).get("id").asText()).isEqualTo(ALARM);
        assertThat(alarms.get(1).get("retunes").findValuesAsText("id")).containsExactly("loans-r1");
    }

    private static RetuneEvent retune(String id, String alarmId) {
        return new RetuneEvent(
                id, "loans", RetuneEvent.Trigger.ALARM, T0, T0, null, null, "v1", "why", List.of(), alarmId);
    }

    @Test
    void onlyAlarmsOfTheLedgerAreKept() {
        // when
        history.ledger(
                "loans",
                new LedgerEntry("loans", T0, LedgerEntry.Process.ROLLOUT, "loans-1", "promote", "better", Map.of()));
        // then
        assertThat(json(resource.alarms("loans", new Selection(null, null, 100, 0))))
                .isEmpty();
    }

    @Test
    void theEvidenceHasBothDistributionsAndTheErrorsAroundTheAlarm() {
        // given: labels from long before the change until after the alarm
        for (int i = 0; i < 40; i++) {
            outcomes(i, i < 28 ? 0.9 : 0.6);
        }
        alarm(30);
        // when
        JsonNode evidence = json(resource.evidence("loans", ALARM));
        // then
        JsonNode x = evidence.get("features").get(0);
        assertThat(x.get("reference").get("shares").get(1).asDouble()).isEqualTo(0.5);
        assertThat(x.get("window").get("shares").get(1).asDouble()).isEqualTo(0.9);
        JsonNode errors = evidence.get("errors");
        assertThat(errors.get("measure").asText()).isEqualTo("errorRate");
        assertThat(errors.get("changeSince").asText()).isEqualTo("2026-01-31T12:28:00Z");
        JsonNode points = errors.get("points");
        assertThat(points).hasSize(32); // 20 before the change, and all since
        assertThat(points.get(0).get("error").asDouble()).isCloseTo(0.1, within(1e-9));
        assertThat(points.get(31).get("error").asDouble()).isCloseTo(0.4, within(1e-9));
        assertThat(points.get(31).get("from").asText()).isEqualTo("2026-01-31T12:39:00Z");
    }

    @Test
    void anAlarmWithoutLabelsOrFromBeforeEvidenceWasKeptIsAnsweredToo() {
        // given
        history.ledger(
                "loans",
                new LedgerEntry("loans", minute(30), LedgerEntry.Process.MONITOR, ALARM, "alarm", "drift", Map.of()));
        // when
        JsonNode evidence = json(resource.evidence("loans", ALARM));
        // then
        assertThat(evidence.get("features")).isEmpty();
        assertThat(evidence.has("errors")).isFalse();
    }

    private static void refused(Runnable request, int status, String... texts) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        AnswerException.class, e -> assertThat(e.status()).isEqualTo(status))
                .hasMessageContainingAll(texts);
    }

    @Test
    void whatCannotBeAnsweredSaysWhyAndAWayOut() {
        refused(() -> resource.alarms("nobody", new Selection(null, null, 100, 0)), 404, "'nobody' is not registered");
        refused(() -> resource.evidence("loans", "x"), 404, "alarm: 'x'", "GET /api/v1/models/loans/alarms");
        refused(() -> resource.windows("loans", new Selection(minute(9), minute(1), 100, 0)), 400, "since:", "swapped");
    }
}
