package io.homeostat.metastore.follow;

import io.homeostat.backbone.follow.AllPartitions;
import io.homeostat.backbone.follow.ConsumerLoop;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.metastore.recommend.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topic of records from its beginning, committed ones only, with a thread of its own, into a {@link Memory}; records
 * that come together are decoded side by side. It is ready when all is read and some answers were rehearsed. After a failure it
 * begins anew: a record taken twice changes nothing.
 */
public final class RecordFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RecordFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int ENOUGH_TO_REHEARSE = 2_000;

    private final AllPartitions all;
    private final Memory memory;
    private final ConsumerLoop loop;
    private @Nullable Thread rehearsal; // once, and only the following thread knows it
    private volatile boolean caughtUp;

    /** A follower that has not begun. */
    public RecordFollower(String bootstrapServers, String topic, Memory memory) {
        this.all = new AllPartitions(List.of(topic));
        this.memory = memory;
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                2_000,
                "max.partition.fetch.bytes",
                8 * 1024 * 1024);
        loop = new ConsumerLoop(
                "meta-store-records",
                () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                new Following());
    }

    public void start() {
        loop.start();
    }

    /** Whether everything written before the start has been read, and answers come as fast as they will. */
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Following implements ConsumerLoop.Reading {
        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            consumer.seekToBeginning(all.assign(consumer));
        }

        @Override
        public void read(Consumer<String, byte[]> consumer) {
            take(consumer.poll(POLL));
            boolean read = all.areRead(consumer);
            if (!caughtUp && (read || memory.size() >= ENOUGH_TO_REHEARSE)) {
                rehearse();
            }
            if (read) {
                memory.settle();
                await(rehearsal);
                caughtUp = true;
            }
        }
    }

    /* Beside the reading, which leaves a processor idle now and then. */
    private void rehearse() {
        if (rehearsal == null) {
            rehearsal = new Thread(memory::rehearse, "meta-store-rehearsal");
            rehearsal.setDaemon(true);
            rehearsal.start();
        }
    }

    private static void await(@Nullable Thread work) {
        try {
            if (work != null) {
                work.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(ConsumerRecords<String, byte[]> records) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        records.forEach(all::add);
        all.parallelStream()
                .filter(record -> record.key() != null)
                .map(RecordFollower::read)
                .toList()
                .forEach(memory::put);
    }

    private static RecordIndex.Entry read(ConsumerRecord<String, byte[]> record) {
        RecordIndex.Entry entry = RecordIndex.Entry.read(record.key(), record.value());
        entry.unusable()
                .filter(Unusable::isUnreadable)
                .ifPresent(unusable -> LOG.warnf(
                        "%s-%d offset %d is ignored: %s",
                        record.topic(), record.partition(), record.offset(), unusable.reason()));
        return entry;
    }
}
