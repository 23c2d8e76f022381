package io.homeostat.deployer.api;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The newest value of every key of a compacted topic, read from its beginning and followed by a thread of its own. */
final class TopicCopy<V> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicCopy.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topic<V> topic;
    private final String bootstrapServers;
    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean running = true;
    private volatile boolean caughtUp;

    TopicCopy(Topic<V> topic, String bootstrapServers) {
        this.topic = topic;
        this.bootstrapServers = bootstrapServers;
        thread = new Thread(this::run, "copy-of-" + topic.name());
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** The newest value. */
    Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
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
                LOG.debugf("Stops to follow %s", topic.name());
            } catch (RuntimeException e) {
                LOG.errorf(e, "Following %s failed and starts again: %s", topic.name(), e.getMessage());
                pause();
            }
        }
    }

    private void follow(KafkaConsumer<String, byte[]> following) {
        List<TopicPartition> partitions = following.partitionsFor(topic.name()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        following.assign(partitions);
        following.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(following.endOffsets(partitions));
        while (running) {
            following.poll(POLL).forEach(this::note);
            ends.entrySet().removeIf(end -> following.position(end.getKey()) >= end.getValue());
            caughtUp = ends.isEmpty();
        }
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            values.remove(record.key());
            return;
        }
        try {
            values.put(record.key(), Json.read(record.value(), topic.value()));
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
