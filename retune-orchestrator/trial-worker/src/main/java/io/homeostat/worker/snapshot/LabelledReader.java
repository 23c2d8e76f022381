package io.homeostat.worker.snapshot;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.Snapshot.OffsetRange;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.worker.task.Control;
import io.homeostat.worker.task.TaskFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads the labelled topic between offsets, committed records only. What cannot be read is passed over. */
public final class LabelledReader {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Supplier<Consumer<byte[], byte[]>> consumers;

    /** @param consumers a new consumer, read_committed, in no group */
    public LabelledReader(Supplier<Consumer<byte[], byte[]>> consumers) {
        this.consumers = consumers;
    }

    /** What the topic has now, from its beginning to its end. */
    public List<OffsetRange> everything(String topic) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(p -> new TopicPartition(topic, p.partition()))
                    .toList();
            Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions);
            Map<TopicPartition, Long> until = consumer.endOffsets(partitions);
            return partitions.stream()
                    .map(p -> new OffsetRange(p.partition(), offset(from, p), offset(until, p)))
                    .sorted(Comparator.comparingInt(OffsetRange::partition))
                    .toList();
        }
    }

    /** Offers every event of the ranges. Errors: {@link TaskFailure} when a range is no longer kept. */
    public void read(String topic, List<OffsetRange> ranges, NewestRows into, Control control) {
        try (Consumer<byte[], byte[]> consumer = consumers.get()) {
            Map<TopicPartition, OffsetRange> open = ranges.stream()
                    .filter(r -> r.until() > r.from())
                    .collect(Collectors.toMap(r -> new TopicPartition(topic, r.partition()), r -> r));
            consumer.assign(open.keySet());
            checkKept(topic, consumer.beginningOffsets(open.keySet()), open);
            open.forEach((partition, range) -> consumer.seek(partition, range.from()));
            long lastProgress = System.nanoTime();
            while (!open.isEmpty()) {
                control.checkIn();
                boolean progress = false;
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    OffsetRange range = open.get(new TopicPartition(topic, record.partition()));
                    if (range != null && record.offset() < range.until()) {
                        offer(record, into);
                    }
                    progress = true;
                }
                progress |= finish(consumer, open);
                lastProgress = progress ? System.nanoTime() : lastProgress;
                if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                    throw TaskFailure.forNow(topic + " gave no record for " + PATIENCE.toSeconds() + " s, with "
                            + open.values() + " still to read. Is Kafka well?");
                }
            }
        }
    }

    // the position counts, not the records: transaction markers have offsets, too
    private static boolean finish(Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetRange> open) {
        List<TopicPartition> done = new ArrayList<>();
        open.forEach((partition, range) -> {
            if (consumer.position(partition) >= range.until()) {
                done.add(partition);
            }
        });
        if (!done.isEmpty()) {
            consumer.pause(done);
            done.forEach(open::remove);
        }
        return !done.isEmpty();
    }

    private static void checkKept(
            String topic, Map<TopicPartition, Long> beginnings, Map<TopicPartition, OffsetRange> wanted) {
        wanted.forEach((partition, range) -> {
            if (offset(beginnings, partition) > range.from()) {
                throw TaskFailure.forGood(topic + " partition " + partition.partition() + " is kept from offset "
                        + offset(beginnings, partition) + " on, but the snapshot begins at " + range.from()
                        + ". Re-tune again, or keep the topic longer.");
            }
        });
    }

    private static void offer(ConsumerRecord<byte[], byte[]> record, NewestRows into) {
        if (record.value() == null) {
            return;
        }
        try {
            into.offer(Json.read(record.value(), LabelledEvent.class), record.partition(), record.offset());
        } catch (InvalidValueException unreadable) {
            // written by our own join; what a later version writes differently is not this snapshot's
            return;
        }
    }

    private static long offset(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        return offset == null ? 0 : offset;
    }
}
