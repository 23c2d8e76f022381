package io.homeostat.deployer.api;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.topic.Topic;
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
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Writes what people ask for to its topic, and waits until the broker has it. */
@Singleton
class Requests {
    private static final long PATIENCE_SECONDS = 30;

    private final Topics topics;
    private final String bootstrapServers;
    private @Nullable KafkaProducer<String, byte[]> producer;

    Requests(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
    }

    void propose(CandidateEvent candidate) {
        send(topics.candidates(), candidate.model(), candidate);
    }

    void say(RolloutCommand command) {
        send(topics.rolloutCommands(), command.model(), command);
    }

    private <V> void send(Topic<V> topic, String key, V value) {
        byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), value);
        try {
            open().send(new ProducerRecord<>(topic.name(), key, bytes)).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new AnswerException(503, "Kafka did not take it: " + e.getMessage() + "; try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnswerException(503, "interrupted while it was written; try again");
        }
    }

    private synchronized KafkaProducer<String, byte[]> open() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", true),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
        }
    }
}
