package io.homeostat.metastore.curate;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.metastore.record.Lesson;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
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

    private final Curator curator;
    private final Consumer<String> decisions;
    private KeyValueStore<String, ModelMemory> memories;
    private KeyValueStore<String, MetaRecord> records;

    /** @param decisions is told the action of every decision */
    @SuppressWarnings("NullAway.Init") // init() comes before everything else
    public CuratorProcessor(Curator curator, Consumer<String> decisions) {
        this.curator = curator;
        this.decisions = decisions;
    }

    @Override
    public void init(ProcessorContext<String, Change> context) {
        super.init(context);
        memories = context.getStateStore(MEMORIES);
        records = context.getStateStore(RECORDS);
    }

    @Override
    public void process(Record<String, Lesson> input) {
        String model = input.key();
        ModelMemory memory = Optional.ofNullable(memories.get(model)).orElse(ModelMemory.EMPTY);
        Curation curation =
                curator.hear(memory, input.value(), task -> Optional.ofNullable(records.get(key(model, task))));
        if (!curation.isNothing()) {
            memories.put(model, curation.memory());
            apply(curation, input);
        }
    }

    private void apply(Curation curation, Record<String, Lesson> input) {
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
            decisions.accept(entry.action());
            say(input, model, new Change.Decided(entry));
        });
    }

    private void say(Record<String, Lesson> input, String key, Change change) {
        context().forward(input.withKey(key).withValue(change));
    }

    private static String key(String model, String task) {
        return model + "/" + task;
    }
}
