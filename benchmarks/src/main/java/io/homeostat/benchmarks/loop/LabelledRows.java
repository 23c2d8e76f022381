package io.homeostat.benchmarks.loop;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.worker.snapshot.LabelledReader;
import io.homeostat.worker.snapshot.SnapshotTaker;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** The topic of labelled rows in memory: one partition, written once. */
final class LabelledRows {
    private static final Topics TOPICS = new Topics("loop", 1, (short) 1);
    private static final TopicPartition PARTITION =
            new TopicPartition(TOPICS.labelled().name(), 0);

    private final List<byte[]> messages;

    LabelledRows(Collection<LabelledEvent> events) {
        messages = events.stream().map(Json::bytes).toList();
    }

    /** A worker's way to read them. */
    SnapshotTaker snapshots() {
        return new SnapshotTaker(TOPICS, new LabelledReader(this::consumer));
    }

    private Consumer<byte[], byte[]> consumer() {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none") {
            @Override
            public synchronized void assign(Collection<TopicPartition> partitions) {
                super.assign(partitions);
                for (int i = 0; i < messages.size() && partitions.contains(PARTITION); i++) {
                    addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, i, null, messages.get(i)));
                }
            }
        };
        Node[] none = {};
        consumer.updatePartitions(
                PARTITION.topic(), List.of(new PartitionInfo(PARTITION.topic(), 0, Node.noNode(), none, none)));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        consumer.updateEndOffsets(Map.of(PARTITION, (long) messages.size()));
        return consumer;
    }
}
