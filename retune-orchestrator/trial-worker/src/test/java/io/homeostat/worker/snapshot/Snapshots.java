package io.homeostat.worker.snapshot;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.worker.History;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Snapshots over a labelled topic of two partitions in memory. */
public final class Snapshots {
    public static final Topics TOPICS = new Topics("t", 2, (short) 1);
    private static final String TOPIC = TOPICS.labelled().name();
    private static final Instant LATE = History.START.plusSeconds(10_000_000);

    private Snapshots() {}

    public static SnapshotTaker taker(List<LabelledEvent> events) {
        return new SnapshotTaker(TOPICS, new LabelledReader(() -> consumer(events)));
    }

    public static Dataset dataset(ModelSpec spec, List<LabelledEvent> events) {
        NewestRows newest = new NewestRows(spec, LATE);
        for (int i = 0; i < events.size(); i++) {
            newest.offer(events.get(i), i % 2, i / 2);
        }
        return SnapshotTaker.describe(
                TOPIC, new WorkerTask.TakeSnapshot("t", "r", spec, LATE, null, null, false, null), newest.rows(), null);
    }

    static Consumer<byte[], byte[]> consumer(List<LabelledEvent> events) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
            @Override
            public synchronized void assign(java.util.Collection<TopicPartition> partitions) {
                super.assign(partitions);
                for (int i = 0; i < events.size(); i++) {
                    if (partitions.contains(new TopicPartition(TOPIC, i % 2))) {
                        addRecord(new ConsumerRecord<>(TOPIC, i % 2, i / 2, null, Json.bytes(events.get(i))));
                    }
                }
            }
        };
        Node[] none = {};
        consumer.updatePartitions(
                TOPIC,
                List.of(
                        new PartitionInfo(TOPIC, 0, Node.noNode(), none, none),
                        new PartitionInfo(TOPIC, 1, Node.noNode(), none, none)));
        Map<TopicPartition, Long> beginning = new HashMap<>();
        Map<TopicPartition, Long> end = new HashMap<>();
        for (int p = 0; p < 2; p++) {
            beginning.put(new TopicPartition(TOPIC, p), 0L);
            end.put(new TopicPartition(TOPIC, p), (long) (events.size() + 1 - p) / 2);
        }
        consumer.updateBeginningOffsets(beginning);
        consumer.updateEndOffsets(end);
        return consumer;
    }
}
