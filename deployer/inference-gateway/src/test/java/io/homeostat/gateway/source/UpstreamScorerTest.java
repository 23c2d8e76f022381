package io.homeostat.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.gateway.serving.Cause;
import io.homeostat.gateway.serving.Said;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ScoringException;
import io.homeostat.model.artifact.ArtifactException;
import io.homeostat.model.artifact.FileArtifactStore;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpstreamScorerTest {
    private static final String SCHEMA = "{\"task\": \"binary\", \"positive\": \"1\", \"classes\": [\"0\", \"1\"], "
            + "\"features\": [{\"name\": \"salary\", \"kind\": \"numeric\"}, "
            + "{\"name\": \"car\", \"kind\": \"categorical\", \"categories\": [\"bmw\", \"vw\"]}]}";

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicReference<JsonNode> body = new AtomicReference<>();
    private volatile int health = 200;
    private volatile Handler<HttpServerRequest> answer = answers("[0.25, 0.75]");
    private HttpServer server;
    private Scorer scorer;

    @TempDir
    private Path directory;

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/v2/models/loans/versions/3/ready")) {
                        request.response().setStatusCode(health).end();
                    } else if (request.path().equals("/v2/models/loans/versions/3/infer")) {
                        asked.incrementAndGet();
                        answer.handle(request);
                    } else {
                        request.response().setStatusCode(404).end();
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    @AfterEach
    void stop() throws Exception {
        if (scorer != null) {
            scorer.close();
        }
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @Test
    void asksInTheProtocolOneTensorPerFeature() throws Exception {
        // given
        scorer = connect("");

        // when
        List<Said> said = score(row(1.5, "bmw"), row(null, null));

        // then
        assertThat(said).hasSize(2).allSatisfy(one -> assertThat(one.millis()).isPositive());
        assertThat((Said.Score) said.get(0)).returns("0", Said.Score::output).returns(.25, Said.Score::score);
        assertThat((Said.Score) said.get(1)).returns("1", Said.Score::output).returns(.75, Said.Score::score);
        assertThat(body.get().toString())
                .isEqualTo("{\"inputs\":["
                        + "{\"name\":\"salary\",\"shape\":[2,1],\"datatype\":\"FP64\",\"data\":[1.5,null]},"
                        + "{\"name\":\"car\",\"shape\":[2,1],\"datatype\":\"BYTES\",\"data\":[\"bmw\",null]}]}");
        assertThat(scorer.features())
                .containsExactly(new Scorer.Feature("salary", "FP64"), new Scorer.Feature("car", "BYTES"));
    }

    @Test
    void asksOneMatrixAndTakesTheOutputThatIsNamed() throws Exception {
        // given: another output of numbers comes first, and both classes' probabilities are nested
        scorer = connect(", \"matrix\": \"input-0\", \"output\": \"probabilities\"");
        answer = respond("{\"model_name\": \"loans\", \"outputs\": ["
                + "{\"name\": \"other\", \"shape\": [1], \"datatype\": \"FP32\", \"data\": [9]},"
                + "{\"data\": [[0.4, 0.6]], \"name\": \"probabilities\", \"shape\": [1, 2], \"datatype\": \"FP64\"}]}");

        // when
        Said said = score(row(2, "vw")).get(0);

        // then
        assertThat((Said.Score) said).returns("1", Said.Score::output).returns(.6, Said.Score::score);
        assertThat(body.get().toString())
                .isEqualTo(
                        "{\"inputs\":[{\"name\":\"input-0\",\"shape\":[1,2],\"datatype\":\"FP64\",\"data\":[2.0,1.0]}]}");
    }

    @Test
    void whatIsNoAnswerIsRubbishThatNamesThePlace() throws Exception {
        scorer = connect("");
        assertFailure(respond("oops"), Cause.RUBBISH, "the answer is not JSON");
        assertFailure(respond("[]"), Cause.RUBBISH, "the answer is not a JSON object");
        assertFailure(respond("{}"), Cause.RUBBISH, "the answer has no output of numbers");
        assertFailure(answers("[0.1, 0.2, 0.3]"), Cause.RUBBISH, "answered 3 numbers for 1 rows");
        assertFailure(answers("[7]"), Cause.RUBBISH, "7.0, which is no probability");
        assertFailure(answers("[\"x\"]"), Cause.RUBBISH, "the answer has no output of numbers");
        assertFailure(answers("[NaN]"), Cause.RUBBISH, "NaN, which is no number");
        assertFailure(answers("[0.1"), Cause.RUBBISH, "the answer is not JSON");
    }

    @Test
    void aFailureOfTheServerIsToldByItsStatus() throws Exception {
        scorer = connect("");
        assertFailure(status(500, "{\"error\": \"out of memory\"}"), Cause.ERROR, "answers 500: out of memory");
        assertFailure(status(404, "gone"), Cause.ERROR, "answers 404: gone");
        assertFailure(status(400, "{\"error\": \"bad\"}"), Cause.REFUSED, "answers 400: bad");
        assertFailure(status(503, ""), Cause.DEAD, "answers 503");
        assertFailure(status(504, ""), Cause.TIMEOUT, "answers 504");
        assertThatThrownBy(() -> score(row("much", "vw")))
                .isInstanceOfSatisfying(
                        ScoringException.class, e -> assertThat(e.why()).isEqualTo(Cause.REFUSED))
                .hasMessageContaining("features.salary: 'much' is not a number");
    }

    @Test
    void aConnectionThatWasClosedIsReplacedOnce() throws Exception {
        // given
        scorer = connect("");
        answer = request -> {
            answer = answers("[0.25]");
            request.connection().close();
        };

        // when
        Said said = score(row(1, "vw")).get(0);

        // then
        assertThat(said).isInstanceOf(Said.Score.class);
        assertThat(asked).hasValue(2);
        assertFailure(request -> request.connection().close(), Cause.DEAD, "/v2/models/loans/versions/3: ");
        assertThat(asked).hasValue(4);
    }

    @Test
    void aServerThatDiesIsDeadAndNoLongerReady() throws Exception {
        // given
        scorer = connect(", \"healthInterval\": \"100ms\"");
        assertThat(scorer.ready()).isTrue();

        // when
        server.close().toCompletionStage().toCompletableFuture().get();

        // then
        assertFailure(answer, Cause.DEAD, "refused");
        await().atMost(Duration.ofSeconds(20)).until(() -> !scorer.ready());
    }

    @Test
    void aCallThatIsGivenUpClosesItsConnection() throws Exception {
        // given
        CompletableFuture<Void> closed = new CompletableFuture<>();
        CompletableFuture<Void> arrived = new CompletableFuture<>();
        answer = request -> {
            request.connection().closeHandler(nothing -> closed.complete(null));
            arrived.complete(null);
        };
        scorer = connect("");
        CompletableFuture<List<Said>> call = scorer.score(List.of(row(1, "vw")), Runnable::run);
        arrived.get();

        // when
        call.cancel(true);

        // then
        assertThat(closed).succeedsWithin(Duration.ofSeconds(20));
    }

    @Test
    void callsThatAreGivenUpWhileTheyWaitForAConnectionHarmNoOther() throws Exception {
        // given: the only connection is in use, many wait for it
        CompletableFuture<HttpServerRequest> held = new CompletableFuture<>();
        answer = held::complete;
        scorer = connect(", \"connections\": 1");
        CompletableFuture<List<Said>> first = scorer.score(List.of(row(1, "vw")), Runnable::run);
        HttpServerRequest request = held.get();
        answer = answers("[0.25]");
        List<CompletableFuture<List<Said>>> waiting = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            waiting.add(scorer.score(List.of(row(1, "vw")), Runnable::run));
        }

        // when: every other one is given up
        for (int i = 0; i < 10; i += 2) {
            waiting.get(i).cancel(true);
        }
        request.response()
                .end("{\"outputs\": [{\"name\": \"p\", \"shape\": [1], \"datatype\": \"FP32\", \"data\": [0.75]}]}");

        // then
        assertThat(first).succeedsWithin(Duration.ofSeconds(20));
        for (int i = 1; i < 10; i += 2) {
            assertThat(waiting.get(i)).succeedsWithin(Duration.ofSeconds(20));
        }
        assertThat(asked).hasValue(6);
    }

    @Test
    void aModelThatIsNotReadyThereCannotBeLoaded() {
        // given
        health = 503;
        // when
        // then
        assertThatThrownBy(() -> connect(""))
                .hasMessageContaining("/v2/models/loans/versions/3/ready answers 503; the model is not ready there");
    }

    @Test
    void aDescriptionThatIsWrongIsRefusedWithItsPath() {
        assertWrong("\"url\": \"ftp://x\"", "url: 'ftp://x' is not http://host:port or https://host:port");
        assertWrong("\"connections\": 0", "connections: 0");
        assertWrong("\"connectTimeout\": \"2h\"", "connectTimeout: ");
        assertWrong("\"modle\": \"x\"", "unknown key 'modle'");
        assertWrong("\"schema\": {\"task\": \"binary\"}", "schema.classes: is missing");
    }

    @Test
    void anArtifactIsLoadedOnlyIfItsDigestIsRight() throws Exception {
        // given
        FileArtifactStore store = new FileArtifactStore(directory);
        StoredModels models = new StoredModels(store, vertx);
        ArtifactRef stored = store.put(description("").getBytes(StandardCharsets.UTF_8), Upstream.FORMAT);
        scorer = models.load(stored);
        assertThat(score(row(1, "vw"), row(2, "vw"))).hasSize(2);

        // when: someone changes the file
        Path file = directory.resolve(stored.sha256().substring(0, 2)).resolve(stored.sha256() + ".artifact");
        Files.writeString(file, description(" "));

        // then
        assertThatThrownBy(() -> models.load(stored))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("expected SHA-256 " + stored.sha256())
                .hasMessageContaining("found ");
    }

    private void assertWrong(String field, String message) {
        String json = "{\"url\": \"http://x\", \"model\": \"loans\", \"schema\": " + SCHEMA + "}";
        String name = field.substring(0, field.indexOf(':'));
        String wrong = name.equals("\"url\"")
                ? json.replace("\"url\": \"http://x\"", field)
                : name.equals("\"schema\"")
                        ? json.replace("\"schema\": " + SCHEMA, field)
                        : json.replace("{\"url\"", "{" + field + ", \"url\"");
        assertThatThrownBy(() -> Upstream.read(wrong.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(message);
    }

    private void assertFailure(Handler<HttpServerRequest> then, Cause cause, String message) {
        answer = then;
        assertThatThrownBy(() -> score(row(1, "vw")))
                .isInstanceOfSatisfying(
                        ScoringException.class,
                        e -> assertThat(e.why()).as(e.getMessage()).isEqualTo(cause))
                .hasMessageContaining(message);
    }

    private Scorer connect(String more) throws InterruptedException {
        return UpstreamScorer.connect(Upstream.read(description(more).getBytes(StandardCharsets.UTF_8)), vertx);
    }

    private String description(String more) {
        return "{\"url\": \"http://127.0.0.1:" + server.actualPort()
                + "\", \"model\": \"loans\", \"modelVersion\": \"3\", \"schema\": " + SCHEMA + more + "}";
    }

    @SafeVarargs
    private List<Said> score(Map<String, Object>... rows) {
        try {
            return scorer.score(Arrays.asList(rows), Runnable::run).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private Handler<HttpServerRequest> answers(String data) {
        return respond("{\"model_name\": \"loans\", \"outputs\": [{\"name\": \"p\", \"shape\": [-1], "
                + "\"datatype\": \"FP32\", \"data\": " + data + "}]}");
    }

    private Handler<HttpServerRequest> respond(String json) {
        return status(200, json);
    }

    private Handler<HttpServerRequest> status(int status, String text) {
        return request -> request.body().onSuccess(bytes -> {
            body.set(Json.read(bytes.getBytes(), JsonNode.class));
            request.response().setStatusCode(status).end(text);
        });
    }

    private static Map<String, Object> row(Object salary, Object car) {
        Map<String, Object> row = new HashMap<>();
        row.put("salary", salary);
        row.put("car", car);
        return row;
    }
}
