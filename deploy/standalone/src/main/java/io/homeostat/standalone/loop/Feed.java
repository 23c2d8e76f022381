package io.homeostat.standalone.loop;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What a user's own systems write: labels as they become known, and history for a first training. */
public final class Feed implements AutoCloseable {
    private final Topics topics;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public Feed(String bootstrapServers, Topics topics) {
        this.topics = topics;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", true, "linger.ms", 5),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Says a label. */
    public void label(String model, String predictionId, Object label, Instant knownAt) {
        send(topics.labels(), predictionId, new LabelEvent(predictionId, model, label, knownAt, null), knownAt);
    }

    /** Says a row of history that no model has answered, with its label. */
    public void history(String model, String predictionId, Map<String, Object> features, String label, Instant time) {
        send(
                topics.labelled(),
                predictionId,
                new LabelledEvent(PredictionEvent.history(predictionId, model, time, features), label, time, false),
                time);
    }

    /** Asks for a first champion, learned from the labels known until an instant. */
    public RetuneEvent firstChampion(String model, Instant dataUntil) {
        RetuneEvent event = new RetuneEvent(
                model + "-first",
                model,
                RetuneEvent.Trigger.FIRST_CHAMPION,
                dataUntil,
                dataUntil,
                null,
                null,
                null,
                "no model serves " + model + " yet",
                List.of());
        send(topics.retuneEvents(), model, event, dataUntil);
        return event;
    }

    private <V> void send(Topic<V> topic, String key, V value, Instant time) {
        byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), value);
        producer.send(
                new ProducerRecord<>(topic.name(), null, time.toEpochMilli(), key, bytes), (metadata, exception) -> {
                    if (exception != null) {
                        failure.compareAndSet(null, exception);
                    }
                });
    }

    /** Waits until the broker has everything. Errors: {@link IllegalStateException} if anything was lost. */
    public void flush() {
        producer.flush();
        Exception lost = failure.get();
        if (lost != null) {
            throw new IllegalStateException("an event could not be written: " + lost.getMessage(), lost);
        }
    }

    @Override
    public void close() {
        producer.close(java.time.Duration.ofSeconds(2));
    }
}
