package io.homeostat.gateway.infer;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.gateway.emit.EventSink;
import io.homeostat.gateway.protocol.InferRequest;
import io.homeostat.gateway.protocol.InferResponse;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.protocol.RowIds;
import io.homeostat.gateway.route.Routes;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Answers requests: chooses the arms, asks the models, falls back to the champion, and tells of every row. */
public final class Inference {
    private final Routes routes;
    private final Arms arms;
    private final Telling telling;
    private final Clock clock;

    /**
     * @param champions asks champions
     * @param challengers asks challengers and shadows
     */
    public Inference(
            Routes routes,
            Calls champions,
            Calls challengers,
            ShadowWork shadow,
            EventSink sink,
            Clock clock,
            MeterRegistry meters) {
        this.routes = routes;
        this.arms = new Arms(champions, challengers, meters);
        this.telling = new Telling(challengers, shadow, sink, meters);
        this.clock = clock;
    }

    /**
     * Answers by the route in force. Fails with {@link RefusedException}: 404 unknown model, 400 wrong rows, 503 nothing
     * loaded yet; of a failed champion 500, 502, 503, 504 by its {@link io.homeostat.gateway.serving.Cause}.
     */
    public CompletableFuture<InferResponse> infer(String model, InferRequest request, @Nullable String traceparent) {
        return leased(model, serving -> {
            List<Row> rows = rows(serving, serving.champion(), request);
            return arms.answer(serving, rows).handle((nothing, e) -> {
                if (e != null) {
                    throw failed(serving, rows, e, traceparent);
                }
                telling.tell(serving, rows, traceparent);
                return response(serving, request, rows);
            });
        });
    }

    /** Answers by one loaded version, outside any rollout. Fails as above, and with 404 for a version not loaded. */
    public CompletableFuture<InferResponse> infer(
            String model, String version, InferRequest request, @Nullable String traceparent) {
        return leased(model, serving -> {
            Version asked = version(serving, version);
            List<Row> rows = rows(serving, asked, request);
            return arms.by(serving, asked, rows).thenApply(nothing -> {
                telling.tellPlainly(model, rows, traceparent);
                return new InferResponse(model, request.id(), version, null, ids(rows), List.of(), answers(rows));
            });
        });
    }

    private CompletableFuture<InferResponse> leased(
            String model, Function<ServingModel, CompletableFuture<InferResponse>> answer) {
        ServingModel serving;
        try {
            serving = lease(model);
        } catch (RefusedException e) {
            return CompletableFuture.failedFuture(e);
        }
        CompletableFuture<InferResponse> answered;
        try {
            answered = answer.apply(serving);
        } catch (RuntimeException e) {
            answered = CompletableFuture.failedFuture(e);
        }
        return answered.whenComplete((response, e) -> serving.release());
    }

    private RuntimeException failed(ServingModel serving, List<Row> rows, Throwable e, @Nullable String traceparent) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof RefusedException refused && refused.status() < 500) {
            return refused;
        }
        int status = cause instanceof RefusedException refused ? refused.status() : 500;
        telling.tellOfFailure(serving, rows, status, traceparent);
        return cause instanceof RuntimeException runtime ? runtime : new CompletionException(cause);
    }

    /** What serves the model now, leased. Errors: {@link RefusedException} 404 or 503. */
    public ServingModel lease(String model) {
        Optional<ServingModel> serving = routes.lease(model);
        if (serving.isPresent()) {
            return serving.get();
        }
        if (!routes.caughtUp()) {
            throw new RefusedException(503, "models/" + model + ": routes are still being read; try again in a second");
        }
        if (routes.knows(model)) {
            throw new RefusedException(503, "models/" + model + ": no champion is loaded yet; try again later");
        }
        throw new RefusedException(404, "models/" + model + ": unknown model; served here: " + routes.models());
    }

    /** The side of the route with this name. Errors: {@link RefusedException} 404. */
    public static Version version(ServingModel serving, String name) {
        if (serving.champion().name().equals(name)) {
            return serving.champion();
        }
        Optional<Version> challenger = serving.challenger().filter(v -> v.name().equals(name));
        return challenger.orElseThrow(() -> new RefusedException(
                404,
                "models/" + serving.route().model() + "/versions/" + name + ": unknown version; loaded: "
                        + serving.champion().name()
                        + serving.challenger().map(v -> ", " + v.name()).orElse("")));
    }

    /** The request's rows. Errors: {@link RefusedException} when its tensors are not what the version needs. */
    private List<Row> rows(ServingModel serving, Version version, InferRequest request) {
        Scorer scorer = version.scorer()
                .orElseThrow(() -> new RefusedException(503, "version " + version.name() + " is not loaded"));
        Inputs.check(request, scorer, serving, routes.spec(serving.route().model()));
        RowIds ids = request.ids();
        String prefix = request.id() == null ? UUID.randomUUID().toString() : request.id();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Row> rows = new ArrayList<>(request.rows());
        for (int i = 0; i < request.rows(); i++) {
            int row = i;
            rows.add(new Row(
                    i,
                    ids.prediction(i).orElseGet(() -> prefix + "-" + row),
                    ids.time(i).orElse(now),
                    request.row(i),
                    ids.unit(i).orElse(null)));
        }
        return rows;
    }

    private static InferResponse response(ServingModel serving, InferRequest request, List<Row> rows) {
        String first = rows.get(0).answered().modelVersion();
        boolean same = rows.stream().allMatch(r -> r.answered().modelVersion().equals(first));
        return new InferResponse(
                serving.route().model(),
                request.id(),
                same ? first : serving.champion().name(),
                serving.challenger().isPresent() ? serving.route().rolloutId() : null,
                ids(rows),
                rows.stream().map(r -> r.arm).toList(),
                answers(rows));
    }

    private static List<String> ids(List<Row> rows) {
        return rows.stream().map(r -> r.predictionId).toList();
    }

    private static List<Answer> answers(List<Row> rows) {
        return rows.stream().map(Row::answered).toList();
    }
}
