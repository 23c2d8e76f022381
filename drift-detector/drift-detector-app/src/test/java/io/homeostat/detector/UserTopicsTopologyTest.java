package io.homeostat.detector;

import static io.homeostat.detector.DetectorDriver.T0;
import static io.homeostat.detector.DetectorDriver.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.detector.join.PairJoin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records on the users' own topics. */
class UserTopicsTopologyTest {
    private static final String LOANS = """
            model: loans
            task: binary
            features: {salary: numeric, car: categorical}
            source:
              predictions: {topic: my.predictions, id: /request/id, time: /ts, features: /input, prediction: /output/label,
                            score: /output/p, modelVersion: /version, where: {/model: loans}}
              labels: {topic: my.labels, id: /id, label: /approved, time: /ts, correctionOf: /was}
            """;
    private static final String LOGGED = """
            model: iris
            task: multiclass
            features: {a: numeric, b: numeric}
            source:
              predictions: {topic: my.logger, format: kserve, where: {'header:ce_inferenceservicename': iris}}
              labels: {topic: my.labels, id: /id, label: /kind, where: {/of: iris}}
            """;
    private static final Map<String, String> NONE = Map.of();

    @TempDir
    Path state;

    private DetectorDriver detector;

    @BeforeEach
    void start() {
        detector = new DetectorDriver(state);
    }

    @AfterEach
    void stop() {
        detector.close();
    }

    private void loan(String id, Object salary) {
        loan(id, salary, T0);
    }

    private void loan(String id, Object salary, Instant at) {
        String json = Json.text(Map.of(
                "model", "loans",
                "request", Map.of("id", id),
                "ts", at.toString(),
                "input", Map.of("salary", salary, "car", "bmw"),
                "output", Map.of("label", "1", "p", 0.8),
                "version", "v1"));
        detector.user("my.predictions", null, NONE, json, T0);
    }

    private void label(String json) {
        detector.user("my.labels", null, NONE, json, T0);
    }

    private static Map<String, String> logged(String id, String type) {
        return Map.of(
                "ce_specversion", "1.0",
                "ce_id", id,
                "ce_source", "http://localhost:9081/",
                "ce_type", "org.kubeflow.serving.inference." + type,
                "ce_time", T0.toString(),
                "ce_inferenceservicename", "iris",
                "ce_component", "predictor",
                "content-type", "application/json");
    }

    private void request(String id, Instant at) {
        detector.user("my.logger", null, logged(id, "request"), "{\"instances\":[[1,2],[3,4]]}", at);
    }

    private void response(String id) {
        detector.user("my.logger", null, logged(id, "response"), "{\"predictions\":[0,2]}", T0);
    }

    private DeadLetter onlyLetter() {
        List<DeadLetter> dead = detector.dead();
        assertThat(dead).hasSize(1);
        return dead.get(0);
    }

    private List<String> predicted() {
        return detector.read(TOPICS.predictions()).stream()
                .map(PredictionEvent::predictionId)
                .toList();
    }

    @Test
    void mappedPredictionsJoinMappedLabels() {
        // given
        detector.register(LOANS);
        // when
        loan("p1", 52_000);
        label("{\"id\":\"p1\",\"approved\":true,\"ts\":" + T0.plusSeconds(60).getEpochSecond() + "}");
        label("{\"id\":\"p1\",\"approved\":false,\"was\":true,\"ts\":"
                + T0.plusSeconds(90).toEpochMilli() + "}");
        // then
        assertThat(detector.labelled())
                .extracting(LabelledEvent::label, LabelledEvent::labelTime, LabelledEvent::correction)
                .containsExactly(tuple("1", T0.plusSeconds(60), false), tuple("0", T0.plusSeconds(90), true));
        assertThat(detector.read(TOPICS.predictions()))
                .singleElement()
                .satisfies(p -> assertThat(p.features()).isEqualTo(Map.of("salary", 52_000.0, "car", "bmw")));
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void aMisfitNamesTheModelThePointerAndWhereItWasRead() {
        // given
        detector.register(LOANS);
        loan("p1", 1);
        // when
        loan("p2", "much");
        // then
        DeadLetter letter = onlyLetter();
        assertThat(letter.reason()).isEqualTo(Reason.INVALID_FEATURE);
        assertThat(letter.message())
                .isEqualTo(
                        "model loans, source.predictions.features.salary: 'much' at /input/salary is a text, the spec"
                                + " says numeric");
        assertThat(letter.topic()).isEqualTo("my.predictions");
        assertThat(letter.offset()).isEqualTo(1);
        assertThat(letter.payload()).contains("\"much\"");
    }

    @Test
    void whatIsRefusedLaterNamesTheUsersTopicToo() {
        // given
        detector.register(LOANS);
        loan("p1", 1);
        // when
        loan("p1", 1);
        loan("p3", 1, Instant.parse("2199-01-01T00:00:00Z"));
        // then
        assertThat(detector.dead())
                .satisfiesExactly(
                        d -> {
                            assertThat(d.reason()).isEqualTo(Reason.DUPLICATE_PREDICTION);
                            assertThat(d.topic()).isEqualTo("my.predictions");
                            assertThat(d.offset()).isEqualTo(1);
                        },
                        d -> {
                            assertThat(d.reason()).isEqualTo(Reason.INVALID_TIME);
                            assertThat(d.topic()).isEqualTo("my.predictions");
                            assertThat(d.offset()).isEqualTo(2);
                        });
    }

    @Test
    void recordsBeforeTheirSpecAreSetAsideAndAfterItAreRead() {
        // when
        loan("p1", 1);
        detector.register(LOANS);
        loan("p2", 1);
        // then
        assertThat(onlyLetter().message()).startsWith("no spec names the topic 'my.predictions' as its source; PUT");
        assertThat(predicted()).containsExactly("p2");
    }

    @Test
    void aChangedSpecMapsAnew() {
        // given
        detector.register(LOANS);
        loan("p1", 1);
        // when
        detector.register(LOANS.replace("/request/id", "/input/car"));
        loan("p2", 1);
        // then
        assertThat(predicted()).containsExactly("p1", "bmw");
    }

    @Test
    void modelsShareATopicByConditionsOrReadItAll() {
        // given
        detector.register(LOANS);
        detector.register(LOANS.replace("model: loans\n", "model: cars\n").replace("/model: loans", "/model: cars"));
        detector.register(LOANS.replace("model: loans\n", "model: all\n").replace(", where: {/model: loans}", ""));
        // when
        loan("p1", 1);
        // then
        assertThat(detector.read(TOPICS.predictions()))
                .extracting(PredictionEvent::model)
                .containsExactly("all", "loans");
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void whatNoConditionMeansIsPassedOver() {
        // given
        detector.register(LOANS);
        // when
        detector.user("my.predictions", "k", NONE, "{\"model\":\"others\"}", T0);
        // then
        assertThat(predicted()).isEmpty();
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void whatCannotBeReadIsSaidAndStopsNothing() {
        // given
        detector.register(LOANS);
        // when
        detector.user("my.predictions", "k", NONE, "no json", T0);
        detector.user("my.predictions", "k", NONE, null, T0);
        detector.user("my.labels", null, NONE, "{}", T0);
        loan("p1", 1);
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::message)
                .satisfiesExactly(
                        m -> assertThat(m).startsWith("is not JSON"),
                        m -> assertThat(m).startsWith("is empty"),
                        m -> assertThat(m).isEqualTo("model loans, source.labels.id: nothing stands at /id"));
        assertThat(predicted()).containsExactly("p1");
    }

    @Test
    void nativeRecordsOnAUsersTopicAreReadOnceHoweverManySpecsNameIt() {
        // given
        for (String model : List.of("a", "b")) {
            detector.register(
                    "{model: " + model + ", task: binary, features: {x: numeric}, source: {predictions: my.native}}");
        }
        // when: once plain, once as a CloudEvent that has the id and the time
        String rest = "\"model\":\"a\",\"features\":{\"x\":1},\"answer\":{\"modelVersion\":\"v1\",\"output\":\"1\"}";
        detector.user(
                "my.native", null, NONE, "{\"predictionId\":\"p1\",\"eventTime\":\"" + T0 + "\"," + rest + "}", T0);
        detector.user(
                "my.native",
                null,
                Map.of("content-type", "application/cloudevents+json"),
                "{\"specversion\":\"1.0\",\"id\":\"p2\",\"source\":\"s\",\"type\":\"t\",\"time\":\"" + T0
                        + "\",\"data\":{" + rest + "}}",
                T0);
        // then
        assertThat(predicted()).containsExactly("p1", "p2");
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void loggedRequestsAndResponsesBecomePredictionsInEitherOrder() {
        // given
        detector.register(LOGGED);
        // when
        request("r1", T0);
        response("r1");
        response("r2");
        assertThat(predicted()).containsExactly("r1-0", "r1-1");
        request("r2", T0);
        label("{\"of\":\"iris\",\"id\":\"r2-1\",\"kind\":2}");
        // then
        assertThat(predicted()).containsExactly("r2-0", "r2-1");
        assertThat(detector.labelled()).singleElement().satisfies(l -> {
            assertThat(l.label()).isEqualTo("2");
            assertThat(l.prediction().answer().output()).isEqualTo("2");
            assertThat(l.prediction().features()).isEqualTo(Map.of("a", 3.0, "b", 4.0));
        });
        assertThat(detector.dead()).isEmpty();
    }

    @Test
    void aHalfSeenTwiceIsSetAsideBeforeAndAfterItWasJoined() {
        // given
        detector.register(LOGGED);
        // when
        request("r1", T0);
        request("r1", T0);
        response("r1");
        response("r1");
        // then
        assertThat(predicted()).containsExactly("r1-0", "r1-1");
        assertThat(detector.dead())
                .extracting(DeadLetter::reason, DeadLetter::offset)
                .containsExactly(tuple(Reason.DUPLICATE_PREDICTION, 1L), tuple(Reason.DUPLICATE_PREDICTION, 3L));
    }

    @Test
    void aRequestWithoutResponseIsSetAsideAfterTheHorizon() {
        // given
        detector.register(LOGGED.replace("format: kserve", "format: kserve, time: timestamp"));
        request("r1", T0);
        // when
        request("r2", T0.plus(PairJoin.HORIZON).minusMillis(1));
        assertThat(detector.dead()).isEmpty();
        detector.waitForTheLate();
        request("r3", T0.plus(PairJoin.HORIZON).plusSeconds(1));
        // then
        DeadLetter letter = onlyLetter();
        assertThat(letter.reason()).isEqualTo(Reason.UNPAIRED);
        assertThat(letter.topic()).isEqualTo("my.logger");
        assertThat(letter.offset()).isZero();
        assertThat(letter.message()).startsWith("id: the request 'r1' of " + T0 + " stayed alone for 10 min");
    }

    @Test
    void whatIsTooLargeIsSetAsideAndStopsNothing() {
        // given a feature with a long name, which makes an event larger than its record
        String name = "n".repeat(500);
        detector.register(LOANS.replace("car: categorical", name + ": categorical")
                .replace("features: /input", "features: {salary: /s, " + name + ": /c}"));
        detector.register(LOGGED);
        String loan = "{\"model\":\"loans\",\"request\":{\"id\":\"p1\"},\"ts\":\"" + T0
                + "\",\"s\":1,\"output\":{\"label\":\"1\",\"p\":0.8},\"version\":\"v1\",\"c\":\"";
        String text = "x".repeat(Topic.MOST_EVENT_BYTES - loan.length() - 2);
        // when: an id without end, a record that is too large, and one whose event is
        detector.user("my.logger", null, logged("r".repeat(100_000), "request"), "{\"instances\":[[1,2]]}", T0);
        detector.user("my.predictions", null, NONE, loan + "x" + text + "\"}", T0);
        detector.user("my.predictions", null, NONE, loan + text + "\"}", T0);
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::message)
                .satisfiesExactly(
                        id -> assertThat(id).contains("id: is longer than 256 characters"),
                        large -> assertThat(large).startsWith("has 2097153 bytes; at most 2097152 are read"),
                        grown -> assertThat(grown).startsWith("has 20977").contains("at most 2097152 are read"));
        request("r1", T0);
        response("r1");
        assertThat(predicted()).containsExactly("r1-0", "r1-1");
    }

    @Test
    void seldonsLoggerWritesAttributesWithoutPrefixAndNamesTheRequest() {
        // given
        detector.register(LOGGED.replace("ce_inferenceservicename", "inferenceservicename"));
        // when
        for (String type : List.of("request", "response")) {
            detector.user(
                    "my.logger",
                    null,
                    Map.of(
                            "type", "io.seldon.serving.inference." + type,
                            "requestid", "s1",
                            "inferenceservicename", "iris",
                            "modelid", "classifier"),
                    type.equals("request") ? "{\"instances\":[[1,2]]}" : "{\"predictions\":[[0.1,0.2,0.7]]}",
                    T0);
        }
        // then
        assertThat(predicted()).containsExactly("s1");
    }

    @Test
    void loggedPairsThatDoNotFitAreOneLetter() {
        // given
        detector.register(LOGGED);
        // when
        request("r1", T0);
        detector.user("my.logger", null, logged("r1", "response"), "{\"predictions\":[1]}", T0);
        detector.user("my.logger", null, logged("r2", "feedback"), "{}", T0);
        // then
        assertThat(detector.dead())
                .extracting(DeadLetter::message)
                .satisfiesExactly(
                        m -> assertThat(m).isEqualTo("model iris, outputs: 1 rows were answered, 2 asked"),
                        m -> assertThat(m)
                                .startsWith(
                                        "model iris, ce_type: 'org.kubeflow.serving.inference.feedback' is neither"));
        assertThat(predicted()).isEmpty();
    }
}
