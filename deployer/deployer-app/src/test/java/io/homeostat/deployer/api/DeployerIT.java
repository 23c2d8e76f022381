package io.homeostat.deployer.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.BrokerResource;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.deployer.testing.FakeServer;
import io.homeostat.deployer.testing.ReceiverResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The whole way: candidates and commands over HTTP, through Kafka, and back as routes and rollouts. */
@QuarkusTest
@QuarkusTestResource(
        value = BrokerResource.class,
        initArgs = @ResourceArg(name = "homeostat.topics.prefix", value = "deployer-it"))
@QuarkusTestResource(ReceiverResource.class)
class DeployerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ARTIFACT =
            "{\"sha256\":\"" + "ab".repeat(32) + "\",\"format\":\"homeostat-lightgbm/1\",\"sizeBytes\":100}";

    @Inject
    Topics topics;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    @Test
    void candidatesAndCommandsOverHttpMoveTheRoute() {
        register("loans");
        propose("loans", candidate("v1", "")).statusCode(202).body("model", equalTo("loans"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> get("loans", "route").statusCode(200).body("champion.version", equalTo("v1")));
        command("loans", "{\"action\":\"hold\",\"who\":\"ada\",\"why\":\"month end\"}")
                .statusCode(409)
                .body("error", containsString("no rollout of 'loans' is under way"));
        propose("loans", candidate("v1", ""))
                .statusCode(409)
                .body("error", containsString("'v1' is the champion already"));

        // when
        propose("loans", candidate("v2", ",\"steps\":[{\"canary\":\"5%\"},{\"ab\":\"50%\"}]"))
                .statusCode(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> get("loans", "rollout").statusCode(200).body("phase", equalTo("canary")));
        command("loans", "{\"action\":\"hold\",\"who\":\"ada\",\"why\":\"month end\"}")
                .statusCode(202);
        await().atMost(PATIENCE).untilAsserted(() -> get("loans", "rollout").body("phase", equalTo("held")));
        command("loans", "{\"action\":\"rollback\",\"who\":\"ada\",\"why\":\"changed my mind\"}")
                .statusCode(202);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> get("loans", "route")
                        .body("revision", equalTo(3))
                        .body("champion.version", equalTo("v1"))
                        .body("challengerPercent", equalTo(0.0f)));
        try (TopicReader<LedgerEntry> ledger = new TopicReader<>(bootstrapServers, topics.ledger())) {
            List<LedgerEntry> lines = ledger.await(PATIENCE, seen -> seen.size() >= 4);
            assertThat(lines)
                    .extracting(LedgerEntry::action)
                    .containsExactly("first champion", "start", "hold", "rollback");
        }
        given().when().get("/q/metrics").then().body(containsString("homeostat_deployer_rollouts_ended_total"));
    }

    @Test
    void routeReachesItsTargetAndPeopleHearOfIt() {
        register(
                "trucks",
                ", targets: [{webhook: {name: router}},"
                        + " {httpRoute: {namespace: models, name: trucks, service: 'trucks-{version}'}}]");
        propose("trucks", candidate("v1", "")).statusCode(202);
        await().atMost(PATIENCE).untilAsserted(() -> get("trucks", "route").statusCode(200));
        propose("trucks", candidate("v2", ",\"steps\":[{\"canary\":\"5%\"},{\"ab\":\"50%\"}]"))
                .statusCode(202);
        await().atMost(PATIENCE)
                .untilAsserted(() -> verdict("trucks").statusCode(200).body("verdict", equalTo("no_data")));
        gate("trucks", "continue").statusCode(200);
        gate("trucks", "promote").statusCode(409).body("phase", equalTo("canary"));
        gate("trucks", "fly").statusCode(400).body("error", containsString("'fly' is not one of continue, promote"));

        // when
        order("trucks", "rollback", "{\"who\":\"ada\",\"why\":\"changed my mind\"}")
                .statusCode(202);

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> rollouts("/trucks")
                        .statusCode(200)
                        .body("rollout.phase", equalTo("rolled_back"))
                        .body("targets.target", equalTo(List.of("httpRoute:models/trucks", "webhook:router")))
                        .body("targets.phase", equalTo(List.of("failing", "applied")))
                        .body("targets.revision", equalTo(List.of(3, 3)))
                        .body("targets.reason", hasItem(containsString("HTTPRoute models/trucks is not there")))
                        .body("decisions.action", hasItems("start", "rollback", "apply")));
        gate("trucks", "rollback").statusCode(200);
        rollouts("?limit=0").statusCode(400).body("error", containsString("limit"));
        rollouts("?limit=many")
                .statusCode(400)
                .body("error", equalTo("limit: 'many' is not a whole number from 1 to 1000"));
        rollouts("?underway=true&limit=5").statusCode(200);
        rollouts("/trucks?decisions=1001").statusCode(400).body("error", containsString("decisions: '1001'"));
        rollouts("?underway=maybe").statusCode(400).body("error", equalTo("underway: 'maybe' is not true or false"));
        order("trucks", "hold", "{\"who\":\"ada\",\"why\":\"x\"}").statusCode(409);
        order("trucks", "explode", "{\"who\":\"ada\",\"why\":\"x\"}")
                .statusCode(400)
                .body("error", containsString("'explode' is not one of promote, hold"));
        order("trucks", "hold", "{\"who\":\"ada\"}").statusCode(400).body("error", equalTo("why: is missing"));
        List<String> posted = ReceiverResource.requests("/router").stream()
                .map(request -> request.headers().get("idempotency-key"))
                .toList();
        assertThat(posted).contains("trucks/1/route", "trucks/2/ready/v2", "trucks/2/route", "trucks/3/route");
        assertThat(posted.indexOf("trucks/2/ready/v2")).isLessThan(posted.indexOf("trucks/2/route"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(ReceiverResource.requests("/chat"))
                        .extracting(FakeServer.Request::body)
                        .filteredOn(body -> body.contains("trucks: ") && !body.contains("does not follow"))
                        .satisfiesExactly(
                                body -> assertThat(body).contains("trucks: has its first champion"),
                                body -> assertThat(body).contains("trucks: a rollout begins"),
                                body -> assertThat(body).contains("trucks: the candidate is taken back")));
    }

    @Test
    void whatOurGatewaysCannotLoadOfTheRouteInForceStandsAtTheRollout() throws Exception {
        // given
        register("buses");
        register("ships", ", targets: [{webhook: {name: router}}]");
        for (String model : List.of("buses", "ships")) {
            propose(model, candidate("v1", "")).statusCode(202);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> get(model, "route").statusCode(200).body("revision", equalTo(1)));
        }

        // when
        Instant now = Instant.now();
        gatewaysWait("ships", 1, now);
        gatewaysWait("buses", 1, now);

        // then: who serves ships is not ours
        await().atMost(PATIENCE)
                .untilAsserted(() -> rollouts("/buses")
                        .body("targets.target", equalTo(List.of("gateways")))
                        .body("targets.phase", equalTo(List.of("waiting")))
                        .body("targets.reason", equalTo(List.of("version v1 cannot be loaded"))));
        rollouts("/ships").body("targets.target", not(hasItem("gateways")));

        // when: it is of another route, or no gateway has said so for long
        gatewaysWait("buses", 2, now);
        await().atMost(PATIENCE).untilAsserted(() -> rollouts("/buses").body("targets", equalTo(List.of())));
        gatewaysWait("buses", 1, now);
        await().atMost(PATIENCE)
                .untilAsserted(() -> rollouts("/buses").body("targets.target", equalTo(List.of("gateways"))));
        gatewaysWait("buses", 1, now.minus(TargetStatus.GATEWAYS_TELL.multipliedBy(3)));

        // then
        await().atMost(PATIENCE).untilAsserted(() -> rollouts("/buses").body("targets", equalTo(List.of())));
    }

    private void gatewaysWait(String model, long revision, Instant at) throws Exception {
        TargetStatus status = new TargetStatus(
                model, TargetStatus.GATEWAYS, revision, TargetStatus.Phase.WAITING, at, "version v1 cannot be loaded");
        try (KafkaProducer<String, TargetStatus> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                topics.targets().valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(topics.targets().name(), status.key(), status))
                    .get();
        }
    }

    @Test
    void whatCannotBeFollowedIsAnsweredWithPathAndValue() {
        register("cars");
        propose("nobody", candidate("v1", ""))
                .statusCode(404)
                .body("error", containsString("'nobody' is not registered"));
        get("cars", "route").statusCode(404).body("error", containsString("no champion yet"));
        refused(candidate("v1", ",\"steps\":[{\"canary\":\"150%\"}]"), "steps[0].canary", "150");
        refused(
                candidate("v1", ",\"steps\":[{\"canary\":\"50%\"},{\"canary\":\"5%\"}]"),
                "steps[1]",
                "shares must rise");
        refused(candidate("v1", ",\"steps\":[{\"shadow\":\"0s\"}]"), "steps[0]", "PT0S");
        refused(candidate("v1", "").replace("abab", "ABAB"), "artifact.sha256", "64 lower-case hex digits");
        refused(candidate("v1", ",\"stepz\":[]"), "unknown key 'stepz'", "did you mean 'steps'");
        refused("{not json", "is not YAML or JSON", "line 1");
        command("cars", "{\"action\":\"explode\",\"who\":\"ada\",\"why\":\"fun\"}")
                .statusCode(400)
                .body("error", containsString("action: 'explode' is not one of promote, hold"));
        command("cars", "{\"action\":\"hold\",\"why\":\"fun\"}")
                .statusCode(400)
                .body("error", equalTo("who: is missing"));
    }

    private static void refused(String body, String path, String problem) {
        propose("cars", body)
                .statusCode(400)
                .body("error", containsString(path))
                .body("error", containsString(problem));
    }

    private static String candidate(String version, String more) {
        return "{\"version\":\"" + version + "\",\"artifact\":" + ARTIFACT
                + ",\"summary\":\"by hand\",\"proposedBy\":\"ada\"" + more + "}";
    }

    private static ValidatableResponse propose(String model, String body) {
        return given().body(body)
                .when()
                .post("/api/v1/models/" + model + "/candidates")
                .then();
    }

    private static ValidatableResponse command(String model, String body) {
        return given().body(body)
                .when()
                .post("/api/v1/models/" + model + "/rollout/commands")
                .then();
    }

    private static ValidatableResponse get(String model, String what) {
        return given().when().get("/api/v1/models/" + model + "/" + what).then();
    }

    private static ValidatableResponse rollouts(String path) {
        return given().when().get("/api/v1/rollouts" + path).then();
    }

    private static ValidatableResponse verdict(String model) {
        return rollouts("/" + model + "/verdict");
    }

    private static ValidatableResponse order(String model, String action, String body) {
        return given().body(body)
                .when()
                .post("/api/v1/rollouts/" + model + "/" + action)
                .then();
    }

    private static ValidatableResponse gate(String model, String question) {
        return given().body("{\"name\":\"from flagger\"}")
                .when()
                .post("/api/v1/rollouts/" + model + "/gates/" + question)
                .then();
    }

    private void register(String model) {
        register(model, "");
    }

    private void register(String model, String more) {
        ModelSpec spec = ModelSpec.read(("{model: " + model + ", task: binary, features: {a: numeric}" + more + "}")
                .getBytes(StandardCharsets.UTF_8));
        try (KafkaProducer<String, ModelSpec> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers),
                new StringSerializer(),
                topics.models().valueSerde().serializer())) {
            producer.send(new ProducerRecord<>(topics.models().name(), model, spec));
        }
        // known as soon as an unknown key, rather than an unknown model, is what is wrong
        await().atMost(PATIENCE).untilAsserted(() -> propose(model, "{\"x\":1}").statusCode(400));
    }
}
