package io.homeostat.retune.host;

import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.backbone.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The records' topic as this instance's own {@link RecordIndex}, a global store of Kafka Streams: read whole before anything
 * else begins, and kept up to date after that. No call is needed to learn from it, and none can fail. A message that cannot be
 * read is passed over, and said.
 */
final class RecordCopy implements StateStore {
    /** The name of the store. */
    static final String NAME = "retune-orchestrator.records";

    private static final Logger LOG = Logger.getLogger(RecordCopy.class);

    private final RecordIndex records;
    private boolean open;

    private RecordCopy(RecordIndex records) {
        this.records = records;
    }

    /** Has a topology follow the topic. */
    static void addTo(StreamsBuilder builder, Topics topics, RecordIndex records) {
        String topic = topics.metaRecords().name();
        builder.addGlobalStore(
                new Builder(records),
                topic,
                Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("global." + topic),
                () -> new Follower(records));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        records.clear();
        context.register(root, (key, value) -> take(records, new String(key, StandardCharsets.UTF_8), value));
        open = true;
    }

    private static void take(RecordIndex records, String key, byte @Nullable [] value) {
        RecordIndex.Entry entry = RecordIndex.Entry.read(key, value);
        entry.unusable()
                .filter(Unusable::isUnreadable)
                .ifPresent(each -> LOG.warnf("Record %s is of no use to searches: %s", key, each.reason()));
        records.put(entry);
    }

    @Override
    public void flush() {
        // there is nothing but the index
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** Takes what is written while the instance runs, and, where Kafka Streams restores by it, what was written before. */
    private record Follower(RecordIndex records) implements Processor<String, byte[], Void, Void> {
        @Override
        public void init(ProcessorContext<Void, Void> context) {
            // nothing is forwarded
        }

        @Override
        public void process(Record<String, byte[]> record) {
            if (record.key() != null) {
                take(records, record.key(), record.value());
            }
        }
    }

    /** A store without cache or changelog: its topic is all it needs. */
    private record Builder(RecordIndex records) implements StoreBuilder<RecordCopy> {
        @Override
        public StoreBuilder<RecordCopy> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<RecordCopy> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<RecordCopy> withLoggingEnabled(Map<String, String> config) {
            return this;
        }

        @Override
        public StoreBuilder<RecordCopy> withLoggingDisabled() {
            return this;
        }

        @Override
        public RecordCopy build() {
            return new RecordCopy(records);
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return NAME;
        }
    }
}
