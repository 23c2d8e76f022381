package io.homeostat.gateway.infer;

import io.homeostat.backbone.event.Arm;
import io.homeostat.gateway.emit.EventSink;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells of every row once: at once, or, where the other side is computed too, after that and with it. */
final class Telling {
    private final Calls calls;
    private final ShadowWork shadow;
    private final EventSink sink;
    private final MeterRegistry meters;

    Telling(Calls calls, ShadowWork shadow, EventSink sink, MeterRegistry meters) {
        this.calls = calls;
        this.shadow = shadow;
        this.sink = sink;
        this.meters = meters;
    }

    /** Tells of answered rows. */
    void tell(ServingModel serving, List<Row> rows, @Nullable String traceparent) {
        long owing = rows.stream().filter(row -> row.owesCounterpart).count();
        if (owing > 0) {
            boolean remote = remote(serving.champion())
                    && serving.challenger().map(Telling::remote).orElse(true);
            if (shadow.later(
                    serving,
                    rows.size(),
                    remote,
                    () -> compute(serving, rows),
                    () -> dropped(serving, owing),
                    () -> emit(serving, rows, traceparent))) {
                return;
            }
            dropped(serving, owing);
        }
        emit(serving, rows, traceparent);
    }

    private void dropped(ServingModel serving, long rows) {
        meters.counter(
                        "homeostat.gateway.shadow.dropped",
                        "model",
                        serving.route().model())
                .increment(rows);
    }

    private static boolean remote(Version version) {
        return version.scorer().map(Scorer::remote).orElse(true);
    }

    /** Tells of rows that nobody could answer: the champion failed. */
    void tellOfFailure(ServingModel serving, List<Row> rows, int status, @Nullable String traceparent) {
        for (Row row : rows) {
            row.arm = Arm.STABLE;
            row.answer = serving.champion().failure(status, null);
        }
        emit(serving, rows, traceparent);
    }

    /** Tells of rows outside any rollout. */
    void tellPlainly(String model, List<Row> rows, @Nullable String traceparent) {
        for (Row row : rows) {
            sink.emit(row.plainEvent(model, traceparent));
        }
    }

    private CompletableFuture<Void> compute(ServingModel serving, List<Row> rows) {
        return CompletableFuture.allOf(
                compute(serving, rows, Arm.STABLE, serving.challenger().orElseThrow()),
                compute(serving, rows, Arm.CANDIDATE, serving.champion()));
    }

    private CompletableFuture<Void> compute(ServingModel serving, List<Row> rows, Arm answeredBy, Version other) {
        List<Row> owing = rows.stream()
                .filter(row -> row.owesCounterpart && row.arm == answeredBy)
                .toList();
        if (owing.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return calls.ask(serving, other, owing).thenAccept(said -> {
            for (int i = 0; i < owing.size(); i++) {
                owing.get(i).counterpart = other.answer(said.get(i));
            }
        });
    }

    private void emit(ServingModel serving, List<Row> rows, @Nullable String traceparent) {
        if (serving.challenger().isEmpty()) {
            tellPlainly(serving.route().model(), rows, traceparent);
            return;
        }
        for (Row row : rows) {
            sink.emit(row.pairedEvent(serving.route(), traceparent));
        }
    }
}
