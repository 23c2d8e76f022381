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
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Reads a topic from its beginning or a time on, and follows it, on a thread of its own. */
public final class TopicFollower<V> implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Topic<V> topic;
    private final Instant since;
    private final BiConsumer<String, @Nullable V> heard;
    private final Map<TopicPartition, Long> ends = new HashMap<>();
    private final ConsumerLoop loop;
    private volatile boolean caughtUp;

    /**
     * @param since the time to read from, by the records' own; {@link Instant#EPOCH} for all there is
     * @param heard what is read, in the order of each partition: key and value, null for a tombstone
     */
    public TopicFollower(
            Topic<V> topic, String bootstrapServers, Instant since, BiConsumer<String, @Nullable V> heard) {
        this.topic = topic;
        this.since = since;
        this.heard = heard;
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed");
        loop = new ConsumerLoop(
                "copy-of-" + topic.name(),
                () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer()),
                new Following());
    }

    /** Begins to follow. */
    public void start() {
        loop.start();
    }

    /** Whether everything said before the start has been read. */
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
            List<TopicPartition> partitions = consumer.partitionsFor(topic.name()).stream()
                    .map(p -> new TopicPartition(p.topic(), p.partition()))
                    .toList();
            consumer.assign(partitions);
            ends.clear();
            ends.putAll(consumer.endOffsets(partitions));
            if (since.equals(Instant.EPOCH)) {
                consumer.seekToBeginning(partitions);
            } else {
                seek(consumer, partitions);
            }
        }

        private void seek(Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
            Map<TopicPartition, Long> times =
                    partitions.stream().collect(Collectors.toMap(p -> p, p -> since.toEpochMilli()));
            consumer.offsetsForTimes(times)
                    .forEach((partition, found) -> consumer.seek(
                            partition, found == null ? ends.getOrDefault(partition, 0L) : found.offset()));
        }

        @Override
        public void read(Consumer<String, byte[]> consumer) {
            consumer.poll(POLL).forEach(TopicFollower.this::note);
            ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
            caughtUp = ends.isEmpty();
        }
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
}
