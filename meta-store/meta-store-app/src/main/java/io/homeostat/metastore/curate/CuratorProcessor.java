package io.homeostat.metastore.curate;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.metastore.record.Lesson;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Hosts the {@link Curator}: lessons by model in, changes out. The memory of a model and its records are in two stores, so
 * that hearing a lesson rewrites a list of ids and at most one record.
 */
public final class CuratorProcessor extends ContextualProcessor<String, Lesson, String, Change> {
    /** Model → {@link ModelMemory}. */
    public static final String MEMORIES = "meta-store.memories";

    /** Model/task → {@link MetaRecord}. */
    public static final String RECORDS = "meta-store.records";

    private static final Duration SWEEP = Duration.ofHours(1);

    private final Curator curator;
    private final PunctuationType clock;
    private final MemoryMeters meters;
    private KeyValueStore<String, ModelMemory> memories;
    private KeyValueStore<String, MetaRecord> records;

    @SuppressWarnings("NullAway.Init") // init() comes before everything else
    public CuratorProcessor(Curator curator, PunctuationType clock, MemoryMeters meters) {
        this.curator = curator;
        this.clock = clock;
        this.meters = meters;
    }

    @Override
    public void init(ProcessorContext<String, Change> context) {
        super.init(context);
        memories = context.getStateStore(MEMORIES);
        records = context.getStateStore(RECORDS);
        try (KeyValueIterator<String, ModelMemory> all = memories.all()) {
            all.forEachRemaining(memory -> meters.adds(streamTask(), memory.value.remembered()));
        }
        context.schedule(SWEEP, clock, this::sweep);
    }

    private void sweep(long now) {
        Map<String, ModelMemory> known = new TreeMap<>();
        try (KeyValueIterator<String, ModelMemory> all = memories.all()) {
            all.forEachRemaining(memory -> known.put(memory.key, memory.value));
        }
        known.forEach((model, memory) -> {
            Curation curation = curator.forgetOld(memory, model, Instant.ofEpochMilli(now));
            change(memory, curation, new Record<>(model, null, now));
        });
    }

    private Instant now() {
        return Instant.ofEpochMilli(
                clock == PunctuationType.STREAM_TIME
                        ? context().currentStreamTimeMs()
                        : context().currentSystemTimeMs());
    }

    @Override
    public void close() {
        meters.leaves(streamTask());
    }

    private String streamTask() {
        return context().taskId().toString();
    }

    @Override
    public void process(Record<String, Lesson> input) {
        String model = input.key();
        ModelMemory memory = Optional.ofNullable(memories.get(model)).orElse(ModelMemory.EMPTY);
        Curation curation =
                curator.hear(memory, input.value(), now(), task -> Optional.ofNullable(records.get(key(model, task))));
        meters.ignored(curation.ignored());
        change(memory, curation, input);
    }

    private void change(ModelMemory memory, Curation curation, Record<String, ?> input) {
        if (!curation.isNothing()) {
            memories.put(input.key(), curation.memory());
            meters.adds(streamTask(), curation.memory().remembered() - memory.remembered());
            apply(curation, input);
        }
    }

    private void apply(Curation curation, Record<String, ?> input) {
        String model = input.key();
        curation.written().forEach(record -> {
            records.put(key(model, record.taskId()), record);
            say(input, record.taskId(), new Change.Written(record));
        });
        curation.forgotten().forEach(task -> {
            records.delete(key(model, task));
            say(input, task, new Change.Forgotten(task));
        });
        curation.ledger().forEach(entry -> {
            meters.decided(entry.action());
            say(input, model, new Change.Decided(entry));
        });
    }

    private void say(Record<String, ?> input, String key, Change change) {
        context().forward(input.withKey(key).withValue(change));
    }

    private static String key(String model, String task) {
        return model + "/" + task;
    }
}
