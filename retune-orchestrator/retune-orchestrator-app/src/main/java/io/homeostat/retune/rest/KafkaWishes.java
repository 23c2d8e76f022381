package io.homeostat.retune.rest;

import io.homeostat.backbone.event.RetuneEvent;
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
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Wishes on their topic. The producer is made for the first wish: few processes ever see one. */
@Singleton
class KafkaWishes implements Wishes {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Topic<RetuneEvent> topic;
    private final String bootstrapServers;
    private @Nullable Producer<String, RetuneEvent> producer;

    KafkaWishes(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.topic = topics.retuneEvents();
        this.bootstrapServers = bootstrapServers;
    }

    @Override
    public void tell(RetuneEvent wish) {
        try {
            producer()
                    .send(new ProducerRecord<>(topic.name(), null, wish.at().toEpochMilli(), wish.model(), wish))
                    .get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka at " + bootstrapServers + " does not take the wish: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before the wish was kept", e);
        }
    }

    private synchronized Producer<String, RetuneEvent> producer() {
        Producer<String, RetuneEvent> made = producer;
        if (made == null) {
            made = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrapServers,
                            "client.id",
                            "homeostat-retune-wishes",
                            "enable.idempotence",
                            true,
                            "acks",
                            "all",
                            "max.block.ms",
                            PATIENCE_MILLIS,
                            "request.timeout.ms",
                            PATIENCE_MILLIS / 2,
                            "delivery.timeout.ms",
                            PATIENCE_MILLIS),
                    topic.keySerde().serializer(),
                    topic.valueSerde().serializer());
            producer = made;
        }
        return made;
    }

    @PreDestroy
    synchronized void close() {
        Producer<String, RetuneEvent> made = producer;
        if (made != null) {
            made.close(Duration.ofSeconds(2));
        }
    }
}
