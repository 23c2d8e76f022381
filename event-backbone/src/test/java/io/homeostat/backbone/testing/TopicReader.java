package io.homeostat.backbone.testing;

import io.homeostat.backbone.topic.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads a topic from its beginning, committed records only, and waits until they say what a test expects. */
public final class TopicReader<V> implements AutoCloseable {
    private final KafkaConsumer<String, V> consumer;
    private final List<ConsumerRecord<String, V>> seen = new ArrayList<>();
    private final String topic;

    public TopicReader(String bootstrapServers, Topic<V> topic) {
        this(bootstrapServers, topic.name(), topic.valueSerde());
    }

    /** Reads a topic that is no event's, as one of those between the parts of a topology. */
    public TopicReader(String bootstrapServers, String topic, Serde<V> values) {
        this.topic = topic;
        this.consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                values.deserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Everything read, once it fulfils the condition; an assertion error after the patience. */
    public List<V> await(Duration patience, Predicate<List<V>> condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.test(values())) {
            if (System.nanoTime() > end) {
                throw new AssertionError("after " + patience + " " + topic + " says only " + values());
            }
            consumer.poll(Duration.ofMillis(100)).forEach(seen::add);
        }
        return values();
    }

    /** Everything read so far. */
    public List<V> values() {
        return seen.stream().map(ConsumerRecord::value).toList();
    }

    /** Everything read so far, with keys and offsets. */
    public List<ConsumerRecord<String, V>> records() {
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
