package io.homeostat.backbone.follow;

import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/** Where a {@link TopicFollower} begins to read. */
@FunctionalInterface
public interface Start {
    /** The offset to begin at, for every one of the partitions. */
    Map<TopicPartition, Long> offsets(Consumer<?, ?> consumer, Collection<TopicPartition> partitions);

    /** With all there is. */
    static Start beginning() {
        return Consumer::beginningOffsets;
    }

    /** With the first record of each partition at or after a time, by the records' own. */
    static Start since(Instant time) {
        return (consumer, partitions) -> {
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            return consumer
                    .offsetsForTimes(partitions.stream().collect(Collectors.toMap(p -> p, p -> time.toEpochMilli())))
                    .entrySet()
                    .stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            found -> found.getValue() == null
                                    ? ends.getOrDefault(found.getKey(), 0L)
                                    : found.getValue().offset()));
        };
    }

    /**
     * With the last records of each partition, so that a start does not wait for months of records that nobody keeps.
     *
     * @param most of each partition
     */
    static Start last(long most) {
        return (consumer, partitions) -> {
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
            return consumer.endOffsets(partitions).entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            end -> Math.max(begins.getOrDefault(end.getKey(), 0L), end.getValue() - most)));
        };
    }
}
