package io.homeostat.gateway.http;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.BrokerResource;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.gateway.route.Routes;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.model.artifact.Digest;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.model.lightgbm.LightGbmArtifact;
import io.homeostat.model.schema.DataSchema;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole way: a route on Kafka, a request over HTTP, an event on Kafka. */
@QuarkusTest
@QuarkusTestResource(
        value = BrokerResource.class,
        initArgs = {
            @ResourceArg(name = "homeostat.topics.prefix", value = "gateway-it"),
            @ResourceArg(name = "homeostat.gateway.rehearsal", value = "0s"),
            @ResourceArg(name = "homeostat.gateway.max-body", value = "64K")
        })
class GatewayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");

    @Inject
    Topics topics;

    @Inject
    Routes routes;

    @Inject
    ArtifactStore store;

    @Inject
    Vertx vertx;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void followsRoutesAnswersAndTellsOfEveryAnswer() throws Exception {
        // given: nothing is served yet
        await().atMost(PATIENCE).until(routes::caughtUp);
        given().get("/v2/health/ready").then().statusCode(200).body("ready", equalTo(true));
        infer("p0").statusCode(404).body("error", startsWith("models/loans: unknown model; served here: "));
        ModelSpec spec = ModelSpec.read("{model: loans, task: binary, features: {salary: numeric, car: categorical}}"
                .getBytes(StandardCharsets.UTF_8));
        say(topics.models(), "loans", spec);
        ArtifactRef rich = trained(spec, true);
        ArtifactRef poor = trained(spec, false);

        // when: a champion comes
        say(topics.routes(), "loans", route(1, rich, null, 0));
        await().atMost(PATIENCE).until(() -> routes.appliedRevision("loans").orElse(0) == 1);

        // then
        infer("p1")
                .statusCode(200)
                .body("model_version", equalTo("v1"))
                .body("parameters.prediction_ids", hasItem("p1"))
                .body("outputs[0].data[0]", equalTo("1"));
        given().get("/v2/models/loans")
                .then()
                .statusCode(200)
                .body("inputs[1].name", equalTo("car"))
                .body("inputs[1].datatype", equalTo("BYTES"));
        given().get("/v2/models/loans/ready").then().statusCode(200).body("ready", equalTo(true));
        given().get("/v2/models/loans/versions/v1/ready").then().statusCode(200);
        given().get("/v2/models/loans/versions/v1")
                .then()
                .statusCode(200)
                .body("platform", equalTo("homeostat-lightgbm/1"));
        given().get("/v2").then().statusCode(200).body("name", equalTo("homeostat"));
        given().get("/v2/health/live").then().statusCode(200).body("live", equalTo(true));
        given().get("/v2/models/loans/versions/v9").then().statusCode(404);
        refusesBadInput();

        given().contentType("application/json")
                .body(request("by-name", "90", "\"bmw\""))
                .post("/v2/models/loans/versions/v1/infer")
                .then()
                .statusCode(200)
                .body("model_version", equalTo("v1"));

        // when: a challenger comes, with shadow
        say(topics.routes(), "loans", route(2, rich, poor, 50));
        await().atMost(PATIENCE).until(() -> routes.appliedRevision("loans").orElse(0) == 2);
        for (int i = 2; i < 42; i++) {
            infer("p" + i).statusCode(200);
        }

        // then
        try (TopicReader<PredictionEvent> reader = new TopicReader<>(bootstrapServers, topics.predictions())) {
            List<PredictionEvent> events =
                    reader.await(PATIENCE, seen -> loans(seen).size() >= 42);
            events = loans(events);
            assertThat(events)
                    .extracting(PredictionEvent::predictionId)
                    .contains("by-name")
                    .containsAll(IntStream.range(1, 42).mapToObj(i -> "p" + i).toList());
            assertThat(reader.records())
                    .allSatisfy(r -> assertThat(r)
                            .returns(r.value().predictionId(), ConsumerRecord::key)
                            .returns(TIME.toEpochMilli(), ConsumerRecord::timestamp));
            List<PredictionEvent> paired =
                    events.stream().filter(e -> e.rolloutId() != null).toList();
            assertThat(paired).hasSize(40).extracting(PredictionEvent::arm).contains(Arm.STABLE, Arm.CANDIDATE);
            assertThat(paired).allSatisfy(e -> {
                assertThat(e.answerOf("v1").orElseThrow().output()).isEqualTo("1");
                assertThat(e.answerOf("v2").orElseThrow().output()).isEqualTo("0");
            });
        }
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics).contains("homeostat_gateway_route_revision{model=\"loans\"} 2.0");
        assertThat(metrics).contains("homeostat_gateway_predictions_total{model=\"loans\"} 42.0");
        assertThat(metrics).contains("homeostat_gateway_rollout_predictions_total{model=\"loans\"} 40.0");
    }

    private static List<PredictionEvent> loans(List<PredictionEvent> events) {
        return events.stream().filter(e -> e.model().equals("loans")).toList();
    }

    private static void refusesBadInput() {
        post("{oops").statusCode(400).body("error", startsWith("body: is not JSON: "));
        post("{\"inputs\": [{\"name\": \"salary\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": [1]}]}")
                .statusCode(400)
                .body("error", equalTo("inputs: the feature 'car' is missing; got [salary]"));
        post(request("p", "\"rich\"", "\"bmw\""))
                .statusCode(400)
                .body("error", equalTo("inputs[0] 'salary'.data[0]: 'rich' is not FP64; write a number like 1.5"));
        post(request("p", "90", "\"bmw\"").replace("\"car\"", "\"cra\""))
                .statusCode(400)
                .body("error", equalTo("inputs: the feature 'car' is missing; got [salary, cra]"));
        post(request("p", "90", "\"bmw\"").replace("\"shape\": [1]", "\"shape\": [1, 3]"))
                .statusCode(400)
                .body("error", startsWith("inputs[0] 'salary'.shape: [1, 3] is not [n] or [n, 1]"));
        post(request("p".repeat(257), "90", "\"bmw\"")).statusCode(400);
        post("x".repeat(70_000))
                .statusCode(413)
                .body(
                        "error",
                        startsWith("body: has 70000 bytes, at most 65536 are read (homeostat.gateway.max-body)"));
        post(request("p", "NaN", "\"bmw\""))
                .statusCode(400)
                .body("error", startsWith("inputs[0] 'salary'.data[0]: NaN is not a finite number"));
    }

    @Test
    void aBodyWithoutALengthIsRefusedWhereItBecomesTooLarge() throws Exception {
        // given
        byte[] body = new byte[200_000];
        // when
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + RestAssured.port + "/v2/models/x/infer"))
                                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        // then
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("at most 65536 are read");
    }

    @Test
    void aChallengerThatAnswersRubbishHangsFailsOrDiesCostsNoAnswer() throws Exception {
        // given: the challenger is a model server, and all traffic is its
        await().atMost(PATIENCE).until(routes::caughtUp);
        AtomicReference<Handler<HttpServerRequest>> then = new AtomicReference<>();
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().endsWith("/ready")) {
                        request.response().end();
                    } else {
                        then.get().handle(request);
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        ModelSpec spec = ModelSpec.read("{model: cars, task: binary, features: {salary: numeric, car: categorical}}"
                .getBytes(StandardCharsets.UTF_8));
        say(topics.models(), "cars", spec);
        ArtifactRef upstream = store.put(
                ("{\"url\": \"http://127.0.0.1:" + server.actualPort() + "\", \"model\": \"cars\", \"schema\": "
                                + "{\"task\": \"binary\", \"positive\": \"1\", \"classes\": [\"0\", \"1\"], \"features\": ["
                                + "{\"name\": \"salary\", \"kind\": \"numeric\"}, "
                                + "{\"name\": \"car\", \"kind\": \"categorical\"}]}}")
                        .getBytes(StandardCharsets.UTF_8),
                "open-inference-upstream/1");
        say(topics.routes(), "cars", route("cars", 1, trained(spec, true), upstream, 100));
        await().atMost(PATIENCE).until(() -> routes.appliedRevision("cars").orElse(0) == 1);

        // when
        then.set(request -> request.response()
                .end("{\"outputs\": [{\"name\": \"p\", \"shape\": [1], \"datatype\": \"FP32\", \"data\": [0.2]}]}"));
        String answered = cars("fine");
        then.set(request -> request.response().end("{\"outputs\": \"oops\"}"));
        String rubbish = cars("rubbish");
        then.set(request -> request.response().setStatusCode(500).end());
        String error = cars("error");
        then.set(request -> {});
        String hanging = cars("hangs");
        server.close().toCompletionStage().toCompletableFuture().get();
        String dead = cars("dead");

        // then
        assertThat(answered).isEqualTo("v2");
        assertThat(List.of(rubbish, error, hanging, dead)).containsOnly("v1");
        try (TopicReader<PredictionEvent> reader = new TopicReader<>(bootstrapServers, topics.predictions())) {
            List<PredictionEvent> events = reader.await(
                    PATIENCE,
                    seen -> seen.stream().filter(e -> e.model().equals("cars")).count() == 5);
            Map<String, Integer> statuses = new HashMap<>();
            for (PredictionEvent event : events) {
                event.answerOf("v2").ifPresent(of -> statuses.put(event.predictionId(), of.statusCode()));
            }
            assertThat(statuses)
                    .containsOnly(
                            Map.entry("fine", 200),
                            Map.entry("rubbish", 502),
                            Map.entry("error", 500),
                            Map.entry("hangs", 504),
                            Map.entry("dead", 503));
        }
    }

    @Test
    void aChallengerThatCannotBeLoadedIsToldAtTheTargetsWithTheReason() throws Exception {
        // given
        await().atMost(PATIENCE).until(routes::caughtUp);
        ModelSpec spec = ModelSpec.read("{model: late, task: binary, features: {salary: numeric, car: categorical}}"
                .getBytes(StandardCharsets.UTF_8));
        byte[] rubbish = {1, 2, 3};
        ArtifactRef missing = new ArtifactRef(Digest.sha256(rubbish), LightGbmArtifact.FORMAT, rubbish.length);

        // when
        say(topics.routes(), "late", route("late", 1, trained(spec, true), missing, 50));

        // then
        try (TopicReader<TargetStatus> targets = new TopicReader<>(bootstrapServers, topics.targets())) {
            TargetStatus told = targets.await(PATIENCE, seen -> !seen.isEmpty()).get(0);
            assertThat(told.key()).isEqualTo("late/gateways");
            assertThat(told.phase()).isEqualTo(TargetStatus.Phase.WAITING);
            assertThat(told.reason())
                    .startsWith("version v2 cannot be loaded from artifact " + missing.sha256())
                    .contains("Do all services share the directory");

            // when: it is there, but is no model
            store.put(rubbish, LightGbmArtifact.FORMAT);

            // then
            assertThat(targets.await(PATIENCE, seen -> seen.size() > 1).get(1).reason())
                    .startsWith("version v2 cannot be loaded")
                    .contains("is not in the form homeostat-lightgbm/1");
        }
    }

    private static String cars(String predictionId) {
        return given().body(request(predictionId, "90", "\"bmw\""))
                .post("/v2/models/cars/infer")
                .then()
                .statusCode(200)
                .extract()
                .path("model_version");
    }

    private static ValidatableResponse infer(String predictionId) {
        return post(request(predictionId, "90", "\"bmw\""));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/v2/models/loans/infer")
                .then();
    }

    private static String request(String predictionId, String salary, String car) {
        return "{\"parameters\": {\"prediction_ids\": [\"" + predictionId + "\"], \"event_time\": \"" + TIME
                + "\"}, \"inputs\": [{\"name\": \"salary\", \"shape\": [1], \"datatype\": \"FP64\", \"data\": ["
                + salary
                + "]}, {\"name\": \"car\", \"shape\": [1], \"datatype\": \"BYTES\", \"data\": [" + car + "]}]}";
    }

    private static Route route(long revision, ArtifactRef champion, ArtifactRef challenger, double percent) {
        return route("loans", revision, champion, challenger, percent);
    }

    private static Route route(
            String model, long revision, ArtifactRef champion, ArtifactRef challenger, double percent) {
        return new Route(
                model,
                revision,
                TIME,
                new Route.Target("v1", champion),
                challenger == null ? null : new Route.Target("v2", challenger),
                percent,
                challenger != null,
                challenger == null ? null : "r-1",
                challenger == null ? null : 0,
                challenger == null ? null : "r-1",
                "test");
    }

    /** A model for which the rich, or the poor, are the positive class. */
    private ArtifactRef trained(ModelSpec spec, boolean rich) {
        List<Map<String, Object>> rows = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            rows.add(Map.of("salary", (double) (i % 100), "car", i % 2 == 0 ? "bmw" : "vw"));
            labels.add((i % 100 >= 50) == rich ? "1" : "0");
        }
        DataSchema schema = DataSchema.learn(spec, rows, labels);
        try (BoosterTraining training =
                BoosterTraining.begin(schema, Map.of(), 1, new BoosterTraining.Rows(rows, labels), null)) {
            for (int i = 0; i < 20 && training.iterate(); i++) {}
            return store.put(training.artifact().bytes(), LightGbmArtifact.FORMAT);
        }
    }

    private <V> void say(Topic<V> topic, String key, V value) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, V> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                topic.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        }
    }
}
