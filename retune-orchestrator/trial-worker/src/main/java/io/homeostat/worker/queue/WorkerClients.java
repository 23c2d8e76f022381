package io.homeostat.worker.queue;

import io.homeostat.worker.snapshot.LabelledReader;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The Kafka clients of a worker. */
@Singleton
public class WorkerClients {
    private final String bootstrapServers;

    public WorkerClients(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
    }

    /** Where Kafka is. */
    String bootstrapServers() {
        return bootstrapServers;
    }

    /** Takes one task at a time, each answered for by name. */
    ShareConsumer<byte[], byte[]> tasks(String group) {
        return new KafkaShareConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "group.id",
                        group,
                        "share.acknowledgement.mode",
                        "explicit",
                        "share.acquire.mode",
                        "record_limit",
                        "max.poll.records",
                        1),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Reads committed records by partition and offset, in no group. */
    Consumer<byte[], byte[]> reader() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "none",
                        "max.poll.records",
                        5000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** Sends reports, each once and in order. */
    Producer<String, byte[]> reports() {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "enable.idempotence",
                        true,
                        "acks",
                        "all",
                        // references of models with thousands of features
                        "max.request.size",
                        16 * 1024 * 1024,
                        "delivery.timeout.ms",
                        60_000),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Produces
    @Singleton
    LabelledReader labelledReader() {
        return new LabelledReader(this::reader);
    }
}
