package io.homeostat.gateway.http;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.gateway.infer.Calls;
import io.homeostat.gateway.infer.Inference;
import io.homeostat.gateway.infer.ShadowWork;
import io.homeostat.gateway.route.Routes;
import io.homeostat.gateway.serving.WarmScorers;
import io.homeostat.gateway.source.StoredModels;
import io.homeostat.gateway.source.Upstream;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.model.schema.DataSchema;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String HOST = "127.0.0.1";
    private static final Map<String, FeatureKind> FEATURES = features();
    private static final int CANDIDATE_PERCENT = 5;
    private static final int PATIENCE_SECONDS = 10;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_REQUESTS = 100;
    private static final Buffer ANSWER = Buffer.buffer(
            "{\"outputs\":[{\"name\":\"probability\",\"datatype\":\"FP64\",\"shape\":[1],\"data\":[0.25]}]}");

    // of its own, so that nothing of it is measured, and all of it ends
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient users = vertx.createHttpClient();
    private final HttpServer models = vertx.createHttpServer().requestHandler(RehearsalStage::answer);
    private final HttpServer gateway;
    private final Routes routes;
    private final Calls champions = Calls.ofChampions(TIMEOUT, 1, MOST_REQUESTS);
    private final Calls challengers = Calls.ofChallengers(TIMEOUT, 1);
    private final ShadowWork shadow = new ShadowWork(1, TIMEOUT, System::nanoTime);

    private RehearsalStage() {
        MeterRegistry meters = new SimpleMeterRegistry();
        routes = new Routes(new WarmScorers(new StoredModels(new Place(models), vertx)), meters);
        Inference inference =
                new Inference(routes, champions, challengers, shadow, Json::bytes, Clock.systemUTC(), meters);
        Router router = Router.router(vertx);
        new InferRoute(
                        inference,
                        new Admission(MOST_REQUESTS, 1 << 20),
                        new RequestMeters(meters, routes),
                        new BodyLimit(1 << 20))
                .register(router);
        gateway = vertx.createHttpServer().requestHandler(router);
    }

    /**
     * Ready to be asked. Where it cannot be, nothing of it is left.
     *
     * @param port of its gateway; 0 for any that is free
     */
    static RehearsalStage open(int port) throws ExecutionException, InterruptedException, TimeoutException {
        RehearsalStage stage = new RehearsalStage();
        try {
            stage.start(port);
            return stage;
        } catch (ExecutionException | InterruptedException | TimeoutException | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private void start(int port) throws ExecutionException, InterruptedException, TimeoutException {
        listen(models, 0);
        routes.know(new ModelSpec(MODEL, TaskKind.BINARY, null, null, FEATURES, null, null, null));
        routes.apply(route());
        listen(gateway, port);
    }

    private static void listen(HttpServer server, int port)
            throws ExecutionException, InterruptedException, TimeoutException {
        server.listen(port, HOST).toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Asks for one row; the status that comes. */
    Future<Integer> ask(long number) {
        return users.request(HttpMethod.POST, gateway.actualPort(), HOST, "/v2/models/" + MODEL + "/infer")
                .compose(request -> request.send(body(number)))
                .compose(response -> response.body().map(read -> response.statusCode()));
    }

    private static Buffer body(long number) {
        String inputs = FEATURES.entrySet().stream()
                .map(feature -> input(feature.getKey(), feature.getValue(), number))
                .collect(Collectors.joining(","));
        return Buffer.buffer("{\"parameters\":{\"unit_id\":\"user-" + number + "\"},\"inputs\":[" + inputs + "]}");
    }

    private static String input(String name, FeatureKind kind, long number) {
        boolean numeric = kind == FeatureKind.NUMERIC;
        return "{\"name\":\"" + name + "\",\"shape\":[1],\"datatype\":\"" + (numeric ? "FP64" : "BYTES")
                + "\",\"data\":[" + (numeric ? (number * (name.hashCode() % 7 + 1) % 2_000 - 1_000) / 1e3 : "\"bmw\"")
                + "]}";
    }

    private static void answer(HttpServerRequest request) {
        request.endHandler(end -> {
            Future<Void> unused = request.response()
                    .putHeader("Content-Type", "application/json")
                    .end(ANSWER);
        });
    }

    private static Map<String, FeatureKind> features() {
        Map<String, FeatureKind> features = new LinkedHashMap<>();
        IntStream.range(0, 8).forEach(i -> features.put("x" + i, FeatureKind.NUMERIC));
        List.of("car", "city").forEach(name -> features.put(name, FeatureKind.CATEGORICAL));
        return features;
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
    private record Place(HttpServer models) implements ArtifactStore {
        @Override
        public byte[] get(ArtifactRef ref) {
            List<DataSchema.Feature> features = FEATURES.entrySet().stream()
                    .map(feature -> new DataSchema.Feature(feature.getKey(), feature.getValue(), null))
                    .toList();
            DataSchema schema = new DataSchema(TaskKind.BINARY, "1", List.of("0", "1"), features);
            String url = "http://" + HOST + ":" + models.actualPort();
            return Json.bytes(new Upstream(url, MODEL, null, schema, null, null, null, null, null));
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
