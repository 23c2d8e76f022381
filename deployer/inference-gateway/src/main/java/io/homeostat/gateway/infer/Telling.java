package io.homeostat.gateway.infer;

import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.gateway.emit.EventSink;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells of every row once: at once, or, where the other side is computed too, after that and with it. */
final class Telling {
    private final GuardedCalls calls;
    private final ShadowWork shadow;
    private final EventSink sink;
    private final MeterRegistry meters;

    Telling(GuardedCalls calls, ShadowWork shadow, EventSink sink, MeterRegistry meters) {
        this.calls = calls;
        this.shadow = shadow;
        this.sink = sink;
        this.meters = meters;
    }

    /** Tells of answered rows. */
    void tell(ServingModel serving, List<Row> rows, @Nullable String traceparent) {
        List<Row> owing = rows.stream().filter(row -> row.owesCounterpart).toList();
        if (!owing.isEmpty()) {
            if (shadow.later(serving, rows.size(), () -> tellPairs(serving, rows, traceparent))) {
                return;
            }
            meters.counter(
                            "homeostat.gateway.shadow.dropped",
                            "model",
                            serving.route().model())
                    .increment(owing.size());
        }
        emit(serving, rows, traceparent);
    }

    /** Tells of rows that nobody could answer: the champion failed. */
    void tellOfFailure(ServingModel serving, List<Row> rows, @Nullable String traceparent) {
        for (Row row : rows) {
            row.arm = Arm.STABLE;
            row.answer = serving.champion().failure(Version.FAILED, null);
        }
        emit(serving, rows, traceparent);
    }

    /** Tells of rows outside any rollout. */
    void tellPlainly(String model, List<Row> rows, @Nullable String traceparent) {
        for (Row row : rows) {
            sink.emit(row.plainEvent(model, traceparent));
        }
    }

    private void tellPairs(ServingModel serving, List<Row> rows, @Nullable String traceparent) {
        compute(serving, rows, Arm.STABLE, serving.challenger().orElseThrow());
        compute(serving, rows, Arm.CANDIDATE, serving.champion());
        emit(serving, rows, traceparent);
    }

    private void compute(ServingModel serving, List<Row> rows, Arm answeredBy, Version other) {
        List<Row> owing = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.owesCounterpart && row.arm == answeredBy) {
                owing.add(row);
            }
        }
        if (owing.isEmpty()) {
            return;
        }
        List<Answer> answers = calls.ask(serving, other, owing);
        for (int i = 0; i < owing.size(); i++) {
            owing.get(i).counterpart = answers.get(i);
        }
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
