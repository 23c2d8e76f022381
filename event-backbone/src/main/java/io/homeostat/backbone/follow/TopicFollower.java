package io.homeostat.backbone.follow;

import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of topics, committed records only, and follows them on a thread of its own. What cannot be read is said
 * in the log and passed over. After a failure it goes on where it stood, so that nothing is handed on twice.
 *
 * <p>Example: {@code new TopicFollower("routes", servers, Start.beginning()).follow(topics.routes(), this::heard).start()}.
 */
public final class TopicFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TopicFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final Start start;
    private final ConsumerLoop loop;
    private final Map<String, Heard<?>> heard = new LinkedHashMap<>();
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    private final AllPartitions all = new AllPartitions(heard.keySet());
    private Runnable afterEachPoll = () -> {};
    private volatile boolean caughtUp;

    /**
     * A follower of nothing yet.
     *
     * @param name of its thread and its client
     */
    public TopicFollower(String name, String bootstrapServers, Start start) {
        this(
                name,
                () -> new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed",
                                "client.id",
                                name,
                                "enable.auto.commit",
                                false,
                                "auto.offset.reset",
                                "earliest"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer()),
                start);
    }

    TopicFollower(String name, Supplier<? extends Consumer<String, byte[]>> consumers, Start start) {
        this.start = start;
        this.loop = new ConsumerLoop(name, consumers, new Following());
    }

    private record Heard<V>(Topic<V> topic, BiConsumer<String, @Nullable V> into) {
        void take(String key, byte @Nullable [] value) {
            into.accept(key, value == null ? null : Json.read(value, topic.value()));
        }
    }

    /**
     * Hands the records of a topic on, in the order of each partition: key and value, null for a tombstone. Records without a
     * key are passed over. Before the start only.
     */
    public <V> TopicFollower follow(Topic<V> topic, BiConsumer<String, @Nullable V> into) {
        heard.put(topic.name(), new Heard<>(topic, into));
        return this;
    }

    /** Does something on the follower's thread after each poll, ten times a second at least. Before the start only. */
    public TopicFollower afterEachPoll(Runnable work) {
        afterEachPoll = work;
        return this;
    }

    /** Begins to follow. */
    public void start() {
        loop.start();
    }

    /** Whether everything written before the start has been handed on. */
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
            List<TopicPartition> partitions = all.assign(consumer);
            start.offsets(consumer, partitions).forEach(positions::putIfAbsent);
            partitions.forEach(p -> consumer.seek(p, positions.getOrDefault(p, 0L)));
        }

        @Override
        public void read(Consumer<String, byte[]> consumer) {
            consumer.poll(POLL).forEach(TopicFollower.this::take);
            caughtUp |= all.areRead(consumer);
            afterEachPoll.run();
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        Heard<?> into = heard.get(record.topic());
        if (into == null || record.key() == null) {
            return;
        }
        try {
            into.take(record.key(), record.value());
        } catch (InvalidValueException e) {
            LOG.errorf(
                    "%s-%d offset %d cannot be read and is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
