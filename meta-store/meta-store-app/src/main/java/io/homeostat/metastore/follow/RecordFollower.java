package io.homeostat.metastore.follow;

import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.metastore.recommend.Memory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
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

    private final String topic;
    private final Map<String, Object> settings;
    private final Memory memory;
    private final Thread thread = new Thread(this::run, "meta-store-records");
    private @Nullable Thread rehearsal; // once, and only the following thread knows it
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean running = true;
    private volatile boolean caughtUp;

    /** A follower that has not begun. */
    public RecordFollower(String bootstrapServers, String topic, Memory memory) {
        this.topic = topic;
        this.memory = memory;
        settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                2_000,
                "max.partition.fetch.bytes",
                8 * 1024 * 1024);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether everything written before the start has been read, and answers come as fast as they will. */
    public boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        running = false;
        KafkaConsumer<String, byte[]> following = consumer;
        if (following != null) {
            following.wakeup();
        }
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try (KafkaConsumer<String, byte[]> following =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                consumer = following;
                follow(following);
            } catch (WakeupException e) {
                LOG.debugf("Stops to follow %s", topic);
            } catch (RuntimeException e) {
                LOG.errorf(e, "Following %s failed and begins anew: %s", topic, e.getMessage());
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> following) {
        List<TopicPartition> partitions = following.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(topic, partition.partition()))
                .toList();
        following.assign(partitions);
        following.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(following.endOffsets(partitions));
        while (running) {
            take(following.poll(POLL));
            ends.entrySet().removeIf(end -> following.position(end.getKey()) >= end.getValue());
            if (!caughtUp && (ends.isEmpty() || memory.size() >= ENOUGH_TO_REHEARSE)) {
                rehearse();
            }
            if (ends.isEmpty()) {
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

    private void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }
}
