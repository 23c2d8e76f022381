package io.homeostat.deployer.copy;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads a topic from its beginning or a time on, and follows it, on a thread of its own. */
public final class TopicFollower<V> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topic<V> topic;
    private final String bootstrapServers;
    private final Instant since;
    private final BiConsumer<String, @Nullable V> heard;
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean running = true;
    private volatile boolean caughtUp;

    /**
     * @param since the time to read from, by the records' own; {@link Instant#EPOCH} for all there is
     * @param heard what is read, in the order of each partition: key and value, null for a tombstone
     */
    public TopicFollower(
            Topic<V> topic, String bootstrapServers, Instant since, BiConsumer<String, @Nullable V> heard) {
        this.topic = topic;
        this.bootstrapServers = bootstrapServers;
        this.since = since;
        this.heard = heard;
        thread = new Thread(this::run, "copy-of-" + topic.name());
        thread.setDaemon(true);
    }

    /** Begins to follow. */
    public void start() {
        thread.start();
    }

    /** Whether everything said before the start has been read. */
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
        Map<TopicPartition, Long> ends = new HashMap<>(following.endOffsets(partitions));
        seek(following, partitions, ends);
        while (running) {
            following.poll(POLL).forEach(this::note);
            ends.entrySet().removeIf(end -> following.position(end.getKey()) >= end.getValue());
            caughtUp = ends.isEmpty();
        }
    }

    private void seek(
            KafkaConsumer<String, byte[]> following, List<TopicPartition> partitions, Map<TopicPartition, Long> ends) {
        if (since.equals(Instant.EPOCH)) {
            following.seekToBeginning(partitions);
            return;
        }
        Map<TopicPartition, Long> times =
                partitions.stream().collect(Collectors.toMap(p -> p, p -> since.toEpochMilli()));
        following
                .offsetsForTimes(times)
                .forEach((partition, found) ->
                        following.seek(partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        if (record.key() == null) {
            return;
        }
        byte @Nullable [] value = record.value();
        try {
            heard.accept(record.key(), value == null ? null : Json.read(value, topic.value()));
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
