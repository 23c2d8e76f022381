package io.homeostat.benchmarks.gateway;

import io.homeostat.backbone.event.Route;
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

/** The routes as they were said, read from their topic in order. */
final class RouteLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<String, byte[]> consumer;

    RouteLog(String bootstrapServers, Topics topics) {
        consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(topics.routes().name()).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** The first route decided since then that does not name the version. */
    Route firstWithout(String version, Instant since) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                Route route = Json.read(record.value(), Route.class);
                if (!route.at().isBefore(since) && !names(route, version)) {
                    return route;
                }
            }
        }
        throw new IllegalStateException(version + " was not taken back within " + PATIENCE);
    }

    private static boolean names(Route route, String version) {
        Route.Target challenger = route.challenger();
        return route.champion().version().equals(version)
                || (challenger != null && challenger.version().equals(version));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
