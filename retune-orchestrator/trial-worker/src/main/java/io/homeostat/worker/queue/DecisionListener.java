package io.homeostat.worker.queue;

import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.worker.task.StoppedTasks;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jboss.logging.Logger;

/** Hears every decision from now on: any worker may have the task that is to stop. */
final class DecisionListener implements Runnable {
    private static final Logger LOG = Logger.getLogger(DecisionListener.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final Consumer<byte[], byte[]> consumer;
    private final StoppedTasks stopped;
    private volatile boolean ending;

    DecisionListener(Consumer<byte[], byte[]> consumer, String topic, StoppedTasks stopped) {
        this.consumer = consumer;
        this.stopped = stopped;
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(p -> new TopicPartition(topic, p.partition()))
                .toList();
        consumer.assign(partitions);
        // seeking is lazy; what is said from here on is to be heard
        consumer.endOffsets(partitions).forEach(consumer::seek);
    }

    void end() {
        ending = true;
        consumer.wakeup();
    }

    @Override
    public void run() {
        try {
            while (!ending) {
                listen();
            }
        } finally {
            consumer.close(CLOSING);
        }
    }

    private void listen() {
        try {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                hear(record);
            }
        } catch (WakeupException toEnd) {
            return;
        } catch (OffsetOutOfRangeException deleted) {
            consumer.seekToEnd(deleted.partitions());
        } catch (KafkaException e) {
            LOG.warnf("Decisions cannot be heard now: %s", e.getMessage());
        }
    }

    private void hear(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() != null) {
                stopped.add(Json.read(record.value(), TrialDecision.class).taskId());
            }
        } catch (InvalidValueException e) {
            // a trial that is not stopped runs to its end; nothing is lost but time
            LOG.warnf("A decision at %s cannot be read: %s", record.offset(), e.getMessage());
        }
    }
}
