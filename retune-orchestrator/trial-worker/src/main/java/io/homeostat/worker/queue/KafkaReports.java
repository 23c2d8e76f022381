package io.homeostat.worker.queue;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.worker.task.Reports;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * The reports of one task: all with the model as their key and from one idempotent producer, so they stay in order.
 * Nothing is known to be written before {@link #flush}.
 */
final class KafkaReports implements Reports {
    private final Producer<String, byte[]> producer;
    private final Topics topics;
    private final AtomicReference<@Nullable Exception> lost = new AtomicReference<>();
    private volatile boolean again;

    KafkaReports(Producer<String, byte[]> producer, Topics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    @Override
    public void send(WorkerReport report) {
        again = report instanceof WorkerReport.Failed failed && failed.retry();
        send(topics.trialReports().name(), report.model(), report.at(), report);
    }

    @Override
    public void publish(ReferenceEvent reference) {
        send(
                topics.references().name(),
                ReferenceEvent.key(reference.model(), reference.modelVersion()),
                reference.at(),
                reference);
    }

    @Override
    public void publish(EstimatorEvent estimator) {
        send(topics.estimators().name(), estimator.key(), estimator.at(), estimator);
    }

    /** Whether the last report says that another attempt may succeed: the task is to be given back. */
    boolean askForAnotherAttempt() {
        return again;
    }

    void setAside(@Nullable String key, DeadLetter letter) {
        send(topics.deadLetters().name(), key, letter.at(), letter);
    }

    private void send(String topic, @Nullable String key, Instant at, Object value) {
        producer.send(
                new ProducerRecord<>(topic, null, at.toEpochMilli(), key, Json.bytes(value)), (written, error) -> {
                    if (error != null) {
                        lost.compareAndSet(null, error);
                    }
                });
    }

    /** Waits until everything is written. Errors: {@link KafkaException} when something is not. */
    void flush() {
        producer.flush();
        Exception error = lost.get();
        if (error != null) {
            throw new KafkaException("a report could not be written: " + error.getMessage(), error);
        }
    }
}
