package io.homeostat.detector.api;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.testing.BrokerResource;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** From traffic on a real broker to an alarm's evidence over HTTP. */
@QuarkusTest
@QuarkusTestResource(
        value = BrokerResource.class,
        initArgs = {
            @ResourceArg(name = "homeostat.topics.prefix", value = "history-it"),
            @ResourceArg(name = "homeostat.sources.patience", value = "2s")
        })
class HistoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final ArtifactRef ARTIFACT = new ArtifactRef("ab".repeat(32), "homeostat-lightgbm/1", 1);

    @Inject
    Topics topics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private final Random random = new Random(5);

    @Test
    void whatDriftsIsFoundOverHttpWithItsEvidence() {
        // given
        given().body("{model: loans, task: binary, features: {x: numeric}, watch: {window: 30s}}")
                .when()
                .put("/api/v1/models/loans")
                .then()
                .statusCode(200);
        await().atMost(PATIENCE).untilAsserted(() -> get("alarms").statusCode(200));
        // when: the input moves after two windows
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            send(producer, topics.references(), ReferenceEvent.key("loans", "v1"), reference());
            send(producer, topics.routes(), "loans", route());
            producer.flush();
            predictions(producer, 0, 3_000);
            // the reference is known before the rows that are held against it
            await().atMost(PATIENCE).untilAsserted(() -> get("windows").body("[0].modelVersion", equalTo("v1")));
            predictions(producer, 3_000, 12_000);
        }
        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> get("alarms").body("reason[0]", containsString("inputs drifted in 2 windows")));
        String id = get("alarms").extract().path("[0].id");
        get("alarms/" + id + "/evidence")
                .statusCode(200)
                .body("alarm.id", equalTo(id))
                .body("features.feature", hasItem("x"))
                .body("features.find { it.feature == 'x' }.edges.size()", equalTo(11))
                .body("features.find { it.feature == 'x' }.reference.rows", equalTo(1_000))
                .body("features.find { it.feature == 'x' }.window.shares[10]", greaterThan(0.5f));
        await().atMost(PATIENCE)
                .untilAsserted(() -> get("signals?feature=x&test=psi&drifted=true&limit=1")
                        .statusCode(200)
                        .body("size()", equalTo(1))
                        .body("[0].subject", equalTo("x")));
        get("windows").statusCode(200).body("[0].modelVersion", equalTo("v1")).body("[0].rows", greaterThan(100));
        get("signals?limit=many")
                .statusCode(400)
                .body("error", equalTo("limit: 'many' is not a whole number from 1 to 1000"));
        get("signals?limit=0").statusCode(400).body("error", containsString("limit: '0'"));
        get("alarms?skip=-1").statusCode(400).body("error", containsString("skip: '-1'"));
        get("signals?drifted=yes").statusCode(400).body("error", equalTo("drifted: 'yes' is not true or false"));
        get("windows?since=noon").statusCode(400).body("error", containsString("since: 'noon' is not a time"));
        get("slices?since=2026-02-01T00:00:00Z&until=2026-01-01T00:00:00Z")
                .statusCode(400)
                .body("error", containsString("swapped"));
        get("alarms/none/evidence").statusCode(404).body("error", containsString("alarm: 'none'"));
        given().when()
                .get("/api/v1/models/nobody/alarms")
                .then()
                .statusCode(404)
                .body("error", containsString("'nobody' is not registered"));
        get("slices").statusCode(200).body("size()", equalTo(0));
        given().when()
                .get("/q/metrics")
                .then()
                .body(containsString("homeostat_detector_events_total{kind=\"prediction\",model=\"loans\"}"))
                .body(containsString("homeostat_detector_windows_closed_total"))
                .body(containsString("homeostat_detector_signals_drifted_total"))
                .body(containsString("homeostat_detector_window_lag_seconds"));
        given().when()
                .get("/q/openapi?format=json")
                .then()
                .body(containsString("/api/v1/models/{model}/alarms/{id}/evidence"))
                .body(
                        "paths.'/api/v1/models/{model}/slices'.get.parameters.name",
                        containsInAnyOrder("model", "column", "value", "since", "until", "limit", "skip"))
                .body("paths.'/api/v1/models/{model}'.put.responses.'400'.description", containsString("a way out"))
                .body("components.schemas.WindowView.properties.estimated", notNullValue())
                .body("components.schemas.SliceWindowView.properties.intervals", notNullValue())
                .body("components.schemas.Refusal.properties.error", notNullValue());
    }

    private ReferenceEvent reference() {
        ReferenceBuilder builder = new ReferenceBuilder(new Schema(Map.of("x", FeatureType.NUMERIC)), Task.BINARY);
        for (int i = 0; i < 1_000; i++) {
            builder.add(Map.of("x", random.nextGaussian()), null, "0", 0.0);
        }
        return new ReferenceEvent(
                "loans", "v1", T0, 1_000, builder.build("v1", T0, T0).toBytes());
    }

    private static Route route() {
        return new Route("loans", 1, T0, new Route.Target("v1", ARTIFACT), null, 0, false, null, null, null, "a test");
    }

    private void predictions(KafkaProducer<String, byte[]> producer, int from, int to) {
        for (int i = from; i < to; i++) {
            String id = "p" + i;
            send(producer, topics.predictions(), id, prediction(id, i));
        }
        producer.flush();
    }

    private PredictionEvent prediction(String id, int number) {
        double shift = number < 3_000 ? 0 : 2;
        return new PredictionEvent(
                id,
                "loans",
                T0.plusMillis(20L * number),
                Map.of("x", random.nextGaussian() + shift),
                new PredictionEvent.Answer("v1", null, "0", null, null, 200, 1.0),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1);
    }

    private static void send(KafkaProducer<String, byte[]> producer, Topic<?> topic, String key, Object value) {
        producer.send(new ProducerRecord<>(topic.name(), key, Json.bytes(value)));
    }

    private static ValidatableResponse get(String what) {
        return given().when().get("/api/v1/models/loans/" + what).then();
    }
}
