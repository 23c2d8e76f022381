package io.homeostat.benchmarks.gateway;

import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The predictions that the gateway told of, read from their topic in order. */
final class ProofLog implements AutoCloseable {
    private final KafkaConsumer<String, byte[]> consumer;

    ProofLog(String bootstrapServers, Topics topics) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer
                .partitionsFor(topics.predictions().name())
                .stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /**
     * When the outcome of the version's request at this time was known; of several at that time, the first. The time itself, if
     * there is no such request: the deployer decided at a tick of its clock.
     */
    Instant knownAt(String version, Instant at) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
        double millis = Double.POSITIVE_INFINITY;
        while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                PredictionEvent event = Json.read(record.value(), PredictionEvent.class);
                if (event.eventTime().equals(at)) {
                    millis = Math.min(
                            millis,
                            event.answerOf(version).map(Answer::latencyMillis).orElse(0.0));
                }
            }
        }
        return Double.isInfinite(millis) ? at : at.plusNanos(Math.round(millis * 1e6));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
