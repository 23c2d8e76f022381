package io.homeostat.retune;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.testing.BrokerResource;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.retune.fixture.Given;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole way on a real broker: a person's wish over HTTP, a worker's reports, the candidate. */
@QuarkusTest
@QuarkusTestResource(
        value = BrokerResource.class,
        initArgs = @ResourceArg(name = "homeostat.topics.prefix", value = "retune-it"))
class RetuneOrchestratorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String RETUNES = "/api/v1/models/loans/retunes";

    @Inject
    Topics topics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void takesAWishOverHttpAndProposesACandidate() throws Exception {
        // given
        say(topics.models(), Given.MODEL, Given.spec(1, 1));
        await().atMost(PATIENCE).untilAsserted(() -> given().get(RETUNES).then().statusCode(200));
        refusesBadInput();

        // when
        String id = given().body("{\"summary\": \"new product\", \"who\": \"Ada\"}")
                .post(RETUNES)
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        try (TopicReader<WorkerTask> tasks = new TopicReader<>(bootstrapServers, topics.trialTasks());
                TopicReader<CandidateEvent> candidates = new TopicReader<>(bootstrapServers, topics.candidates())) {
            tasks.await(PATIENCE, seen -> seen.size() == 1);
            given().get(RETUNES)
                    .then()
                    .body("current.retuneId", equalTo(id))
                    .body("current.phase", equalTo("snapshot"));
            report(Given.taken(id, 1));
            tasks.await(PATIENCE, seen -> seen.size() == 2);
            report(Given.done(id, 0, 1, 0.9));
            tasks.await(PATIENCE, seen -> seen.size() == 3);
            report(Given.confirmed(id, 1, Given.alone()));

            // then
            assertThat(candidates.await(PATIENCE, seen -> seen.size() == 1))
                    .singleElement()
                    .satisfies(c -> assertThat(c.version()).isEqualTo("v1"));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> given().get(RETUNES).then().body("past[0].phase", equalTo("candidate")));
        given().get("/api/v1/models/loans/study")
                .then()
                .statusCode(200)
                .body("studyId", equalTo(id))
                .body("trials[0].state", equalTo("complete"));
        assertThat(given().get("/q/metrics").asString())
                .contains("homeostat_retune_ended_total{end=\"candidate\",model=\"loans\"} 1.0")
                .contains("homeostat_retune_trials_running 0.0");
    }

    private static void refusesBadInput() {
        given().get("/api/v1/models/nobody/retunes")
                .then()
                .statusCode(404)
                .body("error", startsWith("model: 'nobody' is not registered"));
        given().get("/api/v1/models/loans/study")
                .then()
                .statusCode(404)
                .body("error", startsWith("model: 'loans' has no study yet"));
        given().body("{\"summary\": 1}").post(RETUNES).then().statusCode(400).body("error", startsWith("summary: "));
        given().post(RETUNES).then().statusCode(400);
        given().body("{}").post("/api/v1/models/nobody/retunes").then().statusCode(404);
    }

    private void report(WorkerReport report) throws Exception {
        say(topics.trialReports(), Given.MODEL, report);
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
