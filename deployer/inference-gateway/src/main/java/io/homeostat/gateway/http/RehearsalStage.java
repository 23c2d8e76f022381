package io.homeostat.gateway.http;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.gateway.infer.Calls;
import io.homeostat.gateway.infer.Inference;
import io.homeostat.gateway.infer.ShadowWork;
import io.homeostat.gateway.route.Routes;
import io.homeostat.gateway.serving.WarmScorers;
import io.homeostat.gateway.source.StoredModels;
import io.homeostat.gateway.source.Upstream;
import io.homeostat.model.artifact.ArtifactStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A gateway of its own for a rehearsal, on a port that only this machine reaches: the same code from the socket to the event's
 * bytes, with a model server that always says the same, a champion, a candidate for one unit in twenty, and nobody told.
 */
final class RehearsalStage implements AutoCloseable {
    private static final String MODEL = "rehearsal";
    private static final int NUMBERS = 8;
    private static final int CANDIDATE_PERCENT = 5;
    private static final int PATIENCE_SECONDS = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_REQUESTS = 100;
    private static final Buffer ANSWER = Buffer.buffer(
            "{\"outputs\":[{\"name\":\"probability\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[0.25]}]}");

    // of its own, so that nothing of it is measured, and all of it ends
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient users = vertx.createHttpClient();
    private final HttpServer gateway;
    private final Routes routes;
    private final Calls champions;
    private final Calls challengers;
    private final ShadowWork shadow;

    private RehearsalStage() throws ExecutionException, InterruptedException, TimeoutException {
        MeterRegistry meters = new SimpleMeterRegistry();
        int models = listening(RehearsalStage::answer).actualPort();
        routes = new Routes(new WarmScorers(new StoredModels(new Place(models), vertx)), meters);
        routes.know(ModelSpec.read(("{model: " + MODEL + ", task: binary, features: {" + features() + "}}")
                .getBytes(StandardCharsets.UTF_8)));
        routes.apply(route());
        champions = Calls.ofChampions(TIMEOUT, 1, MOST_REQUESTS);
        challengers = Calls.ofChallengers(TIMEOUT, 1);
        shadow = new ShadowWork(1, TIMEOUT, System::nanoTime);
        Inference inference =
                new Inference(routes, champions, challengers, shadow, Json::bytes, Clock.systemUTC(), meters);
        Router router = Router.router(vertx);
        new InferRoute(
                        inference,
                        new Admission(MOST_REQUESTS, 1 << 20),
                        new RequestMeters(meters, routes),
                        new BodyLimit(1 << 20))
                .register(router);
        gateway = listening(router);
    }

    /** Ready to be asked. */
    static RehearsalStage open() throws ExecutionException, InterruptedException, TimeoutException {
        return new RehearsalStage();
    }

    /** Asks for one row; the status that comes. */
    Future<Integer> ask(long number) {
        return users.request(HttpMethod.POST, gateway.actualPort(), "127.0.0.1", "/v2/models/" + MODEL + "/infer")
                .compose(request -> request.send(body(number)))
                .compose(response -> response.body().map(read -> response.statusCode()));
    }

    private static Buffer body(long number) {
        String numbers = IntStream.range(0, NUMBERS)
                .mapToObj(i -> String.format(
                        Locale.ROOT,
                        "{\"name\":\"x%d\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[%.4f]},",
                        i,
                        (number * (i + 1) % 2_000 - 1_000) / 1e3))
                .collect(Collectors.joining());
        return Buffer.buffer("{\"parameters\":{\"unit_id\":\"user-" + number + "\"},\"inputs\":[" + numbers
                + "{\"name\":\"car\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"bmw\"]},"
                + "{\"name\":\"city\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"ulm\"]}]}");
    }

    private static void answer(HttpServerRequest request) {
        request.endHandler(end -> {
            Future<Void> unused = request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(ANSWER);
        });
    }

    private HttpServer listening(Handler<HttpServerRequest> handler)
            throws ExecutionException, InterruptedException, TimeoutException {
        return vertx.createHttpServer()
                .requestHandler(handler)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String features() {
        return IntStream.range(0, NUMBERS)
                        .mapToObj(i -> "x" + i + ": numeric, ")
                        .collect(Collectors.joining()) + "car: categorical, city: categorical";
    }

    private static Route route() {
        return new Route(
                MODEL,
                1,
                Clock.systemUTC().instant(),
                new Route.Target("v1", artifact("1")),
                new Route.Target("v2", artifact("2")),
                CANDIDATE_PERCENT,
                false,
                "rehearsal",
                0,
                "rehearsal",
                "the rehearsal before the gateway is ready");
    }

    private static ArtifactRef artifact(String digit) {
        return new ArtifactRef(digit.repeat(64), Upstream.FORMAT, 1);
    }

    /** Says of every artifact that the stage's own server has the model. */
    private record Place(int port) implements ArtifactStore {
        @Override
        public byte[] get(ArtifactRef ref) {
            String features = IntStream.range(0, NUMBERS)
                    .mapToObj(i -> "{\"name\": \"x" + i + "\", \"kind\": \"numeric\"}, ")
                    .collect(Collectors.joining());
            return ("{\"url\": \"http://127.0.0.1:" + port + "\", \"model\": \"" + MODEL
                            + "\", \"schema\": {\"task\": \"binary\", \"positive\": \"1\", \"classes\": [\"0\", \"1\"], "
                            + "\"features\": [" + features + "{\"name\": \"car\", \"kind\": \"categorical\"}, "
                            + "{\"name\": \"city\", \"kind\": \"categorical\"}]}}")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public ArtifactRef put(byte[] bytes, String format) {
            throw new UnsupportedOperationException("nothing is stored in a rehearsal");
        }
    }

    @Override
    public void close() {
        routes.remove(MODEL);
        shadow.close();
        champions.close();
        challengers.close();
        Future<Void> unused = vertx.close();
    }
}
