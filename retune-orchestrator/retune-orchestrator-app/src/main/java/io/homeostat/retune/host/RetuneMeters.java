package io.homeostat.retune.host;

import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.StudyEvent.TrialSummary;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.retune.lifecycle.Output;
import io.homeostat.retune.lifecycle.Searching;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code homeostat.retune.ended} by model and end, {@code homeostat.retune.trials} by end, and the gauge {@code
 * homeostat.retune.trials.running}; of the memory's copy the gauges {@code homeostat.retune.records} and {@code
 * homeostat.retune.records.unusable}. What an aborted transaction counted stays counted.
 */
final class RetuneMeters {
    private final MeterRegistry registry;
    private final Map<String, Integer> open = new ConcurrentHashMap<>();

    RetuneMeters(MeterRegistry registry) {
        this.registry = registry;
        Gauge.builder("homeostat.retune.trials.running", open, RetuneMeters::sum)
                .description("trials given to workers and not ended")
                .register(registry);
    }

    void remembers(RecordIndex records) {
        Gauge.builder("homeostat.retune.records", records, RecordIndex::size)
                .description("records of earlier searches that a search can learn from")
                .register(registry);
        Gauge.builder("homeostat.retune.records.unusable", records, RecordIndex::unusables)
                .description("records that no search can use, unreadable ones among them")
                .register(registry);
    }

    void said(Output output) {
        if (output.event() instanceof RetuneStatus status && status.phase().isEnd()) {
            registry.counter(
                            "homeostat.retune.ended",
                            "model",
                            status.model(),
                            "end",
                            status.phase().name().toLowerCase(Locale.ROOT))
                    .increment();
        }
        if (output.event() instanceof TrialSummary trial && ended(trial.state())) {
            registry.counter("homeostat.retune.trials", "end", trial.state()).increment();
        }
    }

    void stands(ModelState state) {
        if (state.current() instanceof Searching searching) {
            open.put(state.model(), searching.open().size());
        } else {
            open.remove(state.model());
        }
    }

    /** The model is no longer looked after here. */
    void gone(String model) {
        open.remove(model);
    }

    private static boolean ended(String state) {
        return state.equals("complete") || state.equals("pruned") || state.equals("failed");
    }

    private static double sum(Map<String, Integer> open) {
        return open.values().stream().mapToInt(Integer::intValue).sum();
    }
}
