package io.homeostat.metastore;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.testing.BrokerResource;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole way: a study and its rollout on Kafka, a recommendation over HTTP. */
@QuarkusTest
@QuarkusTestResource(
        value = BrokerResource.class,
        initArgs = @ResourceArg(name = "homeostat.topics.prefix", value = "meta-store-it"))
class MetaStoreIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Topics topics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void remembersAndRecommends() throws Exception {
        // given
        say(topics.rollouts(), "loans", Studies.rollout("loans-42", RolloutStatus.Phase.PROMOTED, 3, .21));
        say(topics.studies(), "loans/loans-42", Studies.finished("loans-42", 0, .9, .951));

        // when
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/v1/meta/records/loans-42")
                        .then()
                        .statusCode(200)
                        .body("liveOutcome", equalTo("promoted"))
                        .body("trials.size()", equalTo(2)));

        // then
        given().get("/api/v1/meta/records?model=loans").then().statusCode(200).body("inAll", equalTo(1));
        given().get("/q/metrics").then().statusCode(200);
        given().contentType("application/json")
                .body("{\"model\":\"cards\",\"trainer\":\"lightgbm\",\"metaFeatures\":{\"logRows\":9},"
                        + "\"space\":{\"num_leaves\":{\"int\":[4,64]}}}")
                .post("/api/v1/meta/recommendations")
                .then()
                .statusCode(200)
                .body("configurations[0].configuration.num_leaves", equalTo(11))
                .body(
                        "configurations[0].reason",
                        startsWith("auto: portfolio: number 1 for 1 earlier tasks; the best of task"))
                .body("restsOn[0].taskId", equalTo("loans-42"));
        exportsAndImports();
        ignoresWhatCannotBeRead();
        refusesBadInput();
        try (TopicReader<LedgerEntry> reader = new TopicReader<>(bootstrapServers, topics.ledger())) {
            List<LedgerEntry> entries = reader.await(PATIENCE, seen -> seen.size() >= 2);
            assertThat(entries).extracting(LedgerEntry::action).contains("remember", "outcome");
        }
        assertThat(given().get("/q/metrics").asString())
                .contains("homeostat_memory_records 2.0", "homeostat_memory_indexed 1.0");
    }

    private static void exportsAndImports() {
        String file = given().get("/api/v1/meta/export?model=loans")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        given().contentType("text/plain")
                .body(file.replace("loans-42", "loans-41") + "{}")
                .post("/api/v1/meta/imports")
                .then()
                .statusCode(400)
                .body("error", equalTo("line 2: taskId: is missing"));
        assertThat(given().get("/api/v1/meta/export?limit=1&skip=0").asString()).isEqualTo(file);
        assertThat(given().get("/api/v1/meta/export?limit=1&skip=1").asString()).isEmpty();
        given().contentType("text/plain")
                .body(file.replace("loans-42", "loans-40"))
                .post("/api/v1/meta/imports")
                .then()
                .statusCode(202)
                .body("tasks", equalTo(List.of("loans-40")));
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/v1/meta/records/loans-40")
                        .then()
                        .statusCode(200)
                        .body("liveOutcome", equalTo("promoted")));
        given().get("/api/v1/meta/records/loans-41").then().statusCode(404);
        given().get("/api/v1/meta/statistics").then().statusCode(200).body("records", equalTo(2));
        given().get("/q/openapi").then().statusCode(200);
    }

    private void ignoresWhatCannotBeRead() throws Exception {
        Topic<MetaRecord> records = topics.metaRecords();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            byte[] broken = "{\"taskId\": \"broken\"}".getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(records.name(), "broken", broken))
                    .get();
            producer.send(new ProducerRecord<>(records.name(), "loans-40", null))
                    .get();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get("/api/v1/meta/statistics")
                        .then()
                        .body("records", equalTo(1))
                        .body("ignored.unreadable", equalTo(1)));
    }

    private static void refusesBadInput() {
        given().get("/api/v1/meta/records/none").then().statusCode(404);
        for (String query : List.of("limit=many", "limit=0", "skip=-1")) {
            String name = query.substring(0, query.indexOf('='));
            given().get("/api/v1/meta/records?" + query).then().statusCode(400).body("error", startsWith(name + ": '"));
        }
        given().get("/api/v1/meta/export?limit=0")
                .then()
                .statusCode(400)
                .body("error", equalTo("limit: '0' is not a whole number from 1 to 10000"));
        given().get("/api/v1/meta/export?format=xml")
                .then()
                .statusCode(400)
                .body("error", equalTo("format: 'xml' is not one of jsonl, csv, optuna"));
        given().queryParam("model", "a b")
                .get("/api/v1/meta/records")
                .then()
                .statusCode(400)
                .body("error", startsWith("model: 'a b' is not a name"));
        given().contentType("application/json")
                .body("{\"model\":\"m\",\"trainer\":\"t\",\"space\":{\"x\":{\"int\":[9,1]}}}")
                .post("/api/v1/meta/recommendations")
                .then()
                .statusCode(400)
                .body("error", startsWith("space.x: low 9 is above high 1"));
        given().contentType("application/json")
                .post("/api/v1/meta/recommendations")
                .then()
                .statusCode(400);
    }

    private <V> void say(Topic<V> topic, String key, V value) throws Exception {
        try (KafkaProducer<String, V> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                topic.valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), key, value)).get();
        }
    }
}
