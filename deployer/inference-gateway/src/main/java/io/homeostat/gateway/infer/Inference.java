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
import org.jspecify.annotations.Nullable;

/** Answers requests: chooses the arms, asks the models, falls back to the champion, and tells of every row. */
public final class Inference {
    private final Routes routes;
    private final Arms arms;
    private final Telling telling;
    private final Clock clock;

    public Inference(
            Routes routes, GuardedCalls calls, ShadowWork shadow, EventSink sink, Clock clock, MeterRegistry meters) {
        this.routes = routes;
        this.arms = new Arms(calls, meters);
        this.telling = new Telling(calls, shadow, sink, meters);
        this.clock = clock;
    }

    /**
     * Answers by the route in force.
     *
     * @throws RefusedException 404 unknown model, 400 wrong rows, 503 nothing loaded yet, 500 the champion failed
     */
    public InferResponse infer(String model, InferRequest request, @Nullable String traceparent) {
        ServingModel serving = lease(model);
        try {
            List<Row> rows = rows(request);
            require(serving.champion(), rows.get(0));
            try {
                arms.answer(serving, rows);
            } catch (RefusedException e) {
                if (e.status() >= 500) {
                    telling.tellOfFailure(serving, rows, traceparent);
                }
                throw e;
            }
            telling.tell(serving, rows, traceparent);
            return response(serving, request, rows);
        } finally {
            serving.release();
        }
    }

    /** Answers by one loaded version, outside any rollout. Errors as above, and 404 for a version not loaded. */
    public InferResponse infer(String model, String version, InferRequest request, @Nullable String traceparent) {
        ServingModel serving = lease(model);
        try {
            Version asked = version(serving, version);
            List<Row> rows = rows(request);
            require(asked, rows.get(0));
            for (int i = 0; i < rows.size(); i++) {
                rows.get(i).answer = Arms.trusted(asked, rows.get(i), i);
            }
            telling.tellPlainly(model, rows, traceparent);
            return new InferResponse(model, request.id(), version, null, ids(rows), List.of(), answers(rows));
        } finally {
            serving.release();
        }
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

    private static void require(Version version, Row row) {
        Scorer scorer = version.scorer()
                .orElseThrow(() -> new RefusedException(503, "version " + version.name() + " is not loaded"));
        for (Scorer.Feature feature : scorer.features()) {
            if (!row.features.containsKey(feature.name())) {
                throw RefusedException.badRequest(
                        "inputs", "the feature '" + feature.name() + "' is missing; got " + row.features.keySet());
            }
        }
    }

    private List<Row> rows(InferRequest request) {
        RowIds ids = request.ids();
        String prefix = request.id() == null ? UUID.randomUUID().toString() : request.id();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        List<Row> rows = new ArrayList<>(request.rows());
        for (int i = 0; i < request.rows(); i++) {
            int row = i;
            rows.add(new Row(
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
