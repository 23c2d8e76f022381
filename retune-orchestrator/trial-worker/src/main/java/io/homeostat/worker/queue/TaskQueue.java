package io.homeostat.worker.queue;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.apache.kafka.common.KafkaException;

/**
 * One worker's hold on the queue: takes a task, holds it while it runs, and says what became of it. For one thread.
 *
 * <p>Holding is RENEW, which has a rule of its own: the renewed record comes again with the next poll, and may be
 * answered for only then.
 */
final class TaskQueue implements AutoCloseable {
    private static final int MOST_POLLS_TO_RENEW = 25;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration DEFAULT_LOCK = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final ShareConsumer<byte[], byte[]> consumer;

    TaskQueue(ShareConsumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        consumer.subscribe(Set.of(topic));
    }

    /** A task, if one comes soon. */
    Optional<ConsumerRecord<byte[], byte[]>> take() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            return Optional.of(record);
        }
        return Optional.empty();
    }

    /** How long a task may run before it is to be renewed: a third of what the queue waits. */
    Duration renewAfter() {
        Duration lock =
                consumer.acquisitionLockTimeoutMs().map(Duration::ofMillis).orElse(DEFAULT_LOCK);
        return lock.dividedBy(3);
    }

    /** The task is done, or set aside. Errors: {@link KafkaException} when the queue has given it to another. */
    void accept(ConsumerRecord<byte[], byte[]> record) {
        acknowledge(record, AcknowledgeType.ACCEPT);
    }

    /** The task is for another worker, or for this one again. */
    void release(ConsumerRecord<byte[], byte[]> record) {
        acknowledge(record, AcknowledgeType.RELEASE);
    }

    /** Holds the task for another while. Errors: {@link KafkaException} when the queue has given it to another. */
    void renew(ConsumerRecord<byte[], byte[]> record) {
        acknowledge(record, AcknowledgeType.RENEW);
        for (int i = 0; i < MOST_POLLS_TO_RENEW; i++) {
            for (ConsumerRecord<byte[], byte[]> again : consumer.poll(POLL)) {
                if (isSame(again, record)) {
                    return;
                }
                release(again);
            }
        }
        throw new KafkaException("the renewed task did not come again");
    }

    private static boolean isSame(ConsumerRecord<byte[], byte[]> a, ConsumerRecord<byte[], byte[]> b) {
        return a.partition() == b.partition() && a.offset() == b.offset();
    }

    private void acknowledge(ConsumerRecord<byte[], byte[]> record, AcknowledgeType type) {
        try {
            consumer.acknowledge(record, type);
        } catch (IllegalStateException notHeld) {
            throw new KafkaException("the task is no longer held: " + notHeld.getMessage(), notHeld);
        }
        consumer.commitSync()
                .values()
                .forEach(error -> error.ifPresent(e -> {
                    throw e;
                }));
    }

    @Override
    public void close() {
        consumer.close(CLOSING);
    }
}
