package io.homeostat.detector.api;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows topics of facts with a thread of its own and hands every committed fact on. It begins at most a number of
 * records before a partition's end, so that a start does not wait for months of facts that nobody keeps.
 */
final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final String bootstrapServers;
    private final long back;
    private final Map<String, Handler<?>> handlers = new HashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final Thread thread = new Thread(this::run, "drift-detector-history");
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean running = true;
    private volatile boolean caughtUp;

    /**
     * A follower of nothing yet.
     *
     * @param back the most records of a partition read from before the start
     */
    TopicFollower(String bootstrapServers, long back) {
        this.bootstrapServers = bootstrapServers;
        this.back = back;
        thread.setDaemon(true);
    }

    private record Handler<V>(Topic<V> topic, BiConsumer<String, V> into) {
        void take(String key, byte[] value) {
            into.accept(key, Json.read(value, topic.value()));
        }
    }

    /** Hands the facts of a topic on, with their keys. Before the start only. */
    <V> TopicFollower follow(Topic<V> topic, BiConsumer<String, V> into) {
        handlers.put(topic.name(), new Handler<>(topic, into));
        return this;
    }

    void start() {
        thread.start();
    }

    /** Whether everything said before the start has been read. */
    boolean caughtUp() {
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
            try (KafkaConsumer<String, byte[]> following = new KafkaConsumer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                    new StringDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer = following;
                follow(following);
            } catch (WakeupException e) {
                LOG.debugf("Stops to follow %s", handlers.keySet());
            } catch (RuntimeException e) {
                LOG.errorf(e, "Following %s failed and goes on: %s", handlers.keySet(), e.getMessage());
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> following) {
        List<TopicPartition> partitions = new ArrayList<>();
        handlers.keySet()
                .forEach(topic -> following
                        .partitionsFor(topic)
                        .forEach(p -> partitions.add(new TopicPartition(topic, p.partition()))));
        following.assign(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(following.endOffsets(partitions));
        Map<TopicPartition, Long> begins = following.beginningOffsets(partitions);
        // after a failure it goes on where it stood: a fact taken twice would stand there twice
        partitions.forEach(p -> following.seek(
                p, positions.getOrDefault(p, Math.max(begins.getOrDefault(p, 0L), ends.getOrDefault(p, 0L) - back))));
        while (running) {
            following.poll(POLL).forEach(this::take);
            ends.entrySet().removeIf(end -> following.position(end.getKey()) >= end.getValue());
            caughtUp = ends.isEmpty();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        Handler<?> handler = handlers.get(record.topic());
        if (handler == null || record.key() == null || record.value() == null) {
            return;
        }
        try {
            handler.take(record.key(), record.value());
        } catch (InvalidValueException e) {
            LOG.errorf(
                    "%s-%d offset %d cannot be read and is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
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
