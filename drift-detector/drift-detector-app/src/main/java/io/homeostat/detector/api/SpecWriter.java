package io.homeostat.detector.api;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Writes specs to their topic and waits until the broker has them. */
@Singleton
class SpecWriter {
    private static final long PATIENCE_SECONDS = 30;

    private final Topics topics;
    private final String bootstrapServers;
    private @Nullable KafkaProducer<String, ModelSpec> producer;

    SpecWriter(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
    }

    void write(ModelSpec spec) {
        send(new ProducerRecord<>(topics.models().name(), spec.model(), spec));
    }

    void remove(String model) {
        send(new ProducerRecord<>(topics.models().name(), model, null));
    }

    private synchronized void send(ProducerRecord<String, ModelSpec> record) {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", true),
                    new StringSerializer(),
                    topics.models().valueSerde().serializer());
        }
        try {
            producer.send(record).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka did not take the spec: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the spec was written", e);
        }
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
