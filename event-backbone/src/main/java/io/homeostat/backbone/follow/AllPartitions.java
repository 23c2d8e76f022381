package io.homeostat.backbone.follow;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** All partitions of topics, and how far they reached when a consumer began with them. For one thread. */
public final class AllPartitions {
    private final Collection<String> topics;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** @param topics looked at when a consumer begins */
    public AllPartitions(Collection<String> topics) {
        this.topics = topics;
    }

    /** Has a consumer read them, and nothing else; where from is for the caller to say. */
    public List<TopicPartition> assign(Consumer<?, ?> consumer) {
        List<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        ends.clear();
        ends.putAll(consumer.endOffsets(partitions));
        return partitions;
    }

    /** Whether the consumer has read all that was there when it began. */
    public boolean areRead(Consumer<?, ?> consumer) {
        ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return ends.isEmpty();
    }
}
