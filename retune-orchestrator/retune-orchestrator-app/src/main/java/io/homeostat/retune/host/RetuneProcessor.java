package io.homeostat.retune.host;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.retune.lifecycle.Outcome;
import io.homeostat.retune.lifecycle.Retune;
import io.homeostat.retune.lifecycle.RetuneProcess;
import io.homeostat.retune.lifecycle.Settings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Hosts the lifecycle: one task owns a model and orders all that happens to it. */
final class RetuneProcessor extends ContextualProcessor<String, Object, String, Object> {
    /** The name of the store of {@link ModelState}s. */
    static final String STORE = "retune-orchestrator.state";

    private static final Duration TICK = Duration.ofSeconds(1);

    private final Topics topics;
    private final Settings settings;
    private final RecordIndex records;
    private final RetuneProcess process;
    private final RetuneMeters meters;
    /** The models with a re-tune under way, as the store has them. */
    private final Map<String, ModelState> running = new TreeMap<>();

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    RetuneProcessor(Topics topics, Settings settings, RecordIndex records, RetuneMeters meters) {
        this.topics = topics;
        this.settings = settings;
        this.records = records;
        this.process = new RetuneProcess(settings);
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        specs = new SpecLookup(context, topics);
        running.clear();
        try (KeyValueIterator<String, ModelState> all = store().all()) {
            while (all.hasNext()) {
                KeyValue<String, ModelState> next = all.next();
                note(next.value);
            }
        }
        if (!settings.eventClock()) {
            context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, this::tick);
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        Object event = record.value();
        Instant at = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        String model = model(event);
        if (!model.equals(record.key())) {
            deadLetter(
                    record,
                    at,
                    DeadLetter.Reason.REFUSED,
                    "its key '" + record.key() + "' is not its model '" + model + "'; write it with the model as key");
            return;
        }
        ModelState state = state(model);
        if (event instanceof RetuneEvent wish) {
            Optional<ModelSpec> spec = specs.of(model);
            if (spec.isEmpty()) {
                deadLetter(
                        record,
                        at,
                        DeadLetter.Reason.UNKNOWN_MODEL,
                        "model: '" + model + "' is not registered; register its spec first");
                return;
            }
            apply(state, process.wish(state, wish, spec.get()), record.timestamp());
        } else if (event instanceof WorkerReport report) {
            apply(state, process.report(state, report, records), time(state, record));
        } else if (event instanceof Route route) {
            apply(state, process.routed(state, route), record.timestamp());
        }
    }

    @Override
    public void close() {
        running.keySet().forEach(meters::gone);
    }

    private void tick(long now) {
        for (ModelState state : List.copyOf(running.values())) {
            apply(state, process.tick(state, Instant.ofEpochMilli(now), records), now);
        }
    }

    private void apply(ModelState before, Outcome outcome, long timestamp) {
        if (!outcome.state().equals(before)) {
            store().put(before.model(), outcome.state());
            note(outcome.state());
        }
        outcome.said().forEach(output -> {
            meters.said(output);
            context().forward(new Record<>(output.key(), output.event(), Math.max(0, timestamp)));
        });
    }

    /** Where only events move time, a re-tune takes none: what it says bears the time of its wish. */
    private long time(ModelState state, Record<String, Object> record) {
        Retune.Running current = state.current();
        return settings.eventClock() && current != null ? current.order().at().toEpochMilli() : record.timestamp();
    }

    private void note(ModelState state) {
        if (state.current() == null) {
            running.remove(state.model());
        } else {
            running.put(state.model(), state);
        }
        meters.stands(state);
    }

    private void deadLetter(Record<String, Object> record, Instant at, DeadLetter.Reason reason, String message) {
        DeadLetter letter = DeadLetters.letter(
                DeadLetters.originOf(record), record.key(), Json.text(record.value()), reason, message, at);
        context().forward(record.<Object>withValue(letter));
    }

    private static String model(Object event) {
        if (event instanceof RetuneEvent wish) {
            return wish.model();
        }
        return event instanceof WorkerReport report ? report.model() : ((Route) event).model();
    }

    private ModelState state(String model) {
        ModelState held = running.get(model);
        @Nullable ModelState stored = held == null ? store().get(model) : held;
        return stored == null ? ModelState.of(model) : stored;
    }

    private KeyValueStore<String, ModelState> store() {
        return context().getStateStore(STORE);
    }
}
