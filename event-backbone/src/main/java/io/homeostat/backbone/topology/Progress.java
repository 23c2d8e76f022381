package io.homeostat.backbone.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * How far what a record came in has come, noted on the record so that whoever reads it behind a repartition can tell the
 * partitions apart that tell of a model, however unevenly they are read. It travels with the record: who reads it again is
 * told the same.
 *
 * @param partition any name of what is read in order: where the record was read first ({@code topic:partition}), or the
 *     task that has joined it, and through which partition it came from there, if it was read once more on its way
 *     ({@code >partition}), as the tasks that pass it on are not equally fast; {@link #OWN} if it was read just now
 * @param millis how far that has come, in event time: at most the record's own; any number before all times if it may go
 *     back yet
 * @param eventMillis the record's own event time
 * @param readAtMillis when the record was read before it was repartitioned, by the wall clock; {@link #NEVER} if it was read
 *     just now
 */
public record Progress(String partition, long millis, long eventMillis, long readAtMillis) {
    /** The partition that this task reads. */
    public static final String OWN = "";
    /** Not read before. */
    public static final long NEVER = Long.MIN_VALUE;

    private static final String HEADER = "homeostat-progress";
    private static final int MOST_NAME_BYTES = 1_000;
    private static final int THROUGH_BYTES = Long.BYTES + Integer.BYTES;
    private static final int NAME_AT = 2 * Long.BYTES;

    /**
     * What is noted on a record. Anyone can write headers: none moves time beyond the record's own, or the wall clock.
     *
     * @param nowMillis the wall clock
     */
    public static Progress of(Record<?, ?> record, Partitions partitions, long nowMillis) {
        byte @Nullable [] noted = noted(record);
        if (noted == null) {
            return new Progress(OWN, record.timestamp(), record.timestamp(), NEVER);
        }
        ByteBuffer in = ByteBuffer.wrap(noted);
        long readAt = Math.min(nowMillis, in.getLong());
        if (noted.length <= NAME_AT) {
            int through = noted.length < THROUGH_BYTES ? Partitions.STRAIGHT : in.getInt();
            String partition = partitions.of(DeadLetters.originIn(record), through);
            return new Progress(partition, record.timestamp(), record.timestamp(), readAt);
        }
        long millis = Math.min(record.timestamp(), in.getLong());
        String name = new String(noted, NAME_AT, noted.length - NAME_AT, StandardCharsets.UTF_8);
        return new Progress(name, millis, record.timestamp(), readAt);
    }

    /** Notes on a record that is about to be written how far the task has come that writes it. */
    public void noteOn(Record<?, ?> record) {
        byte[] name = partition.getBytes(StandardCharsets.UTF_8);
        note(
                record,
                ByteBuffer.allocate(NAME_AT + name.length)
                        .putLong(readAtMillis)
                        .putLong(millis)
                        .put(name)
                        .array());
    }

    /** Notes on a record when it was read first. */
    public static void stamp(Record<?, ?> record, long nowMillis) {
        note(record, ByteBuffer.allocate(Long.BYTES).putLong(nowMillis).array());
    }

    /**
     * Notes on a record that is passed on when it was read, and through which partition it came, if it had been read before.
     *
     * @param through the number of the partition that it was read from
     */
    static void stampOnItsWay(Record<?, ?> record, int through, long nowMillis) {
        byte @Nullable [] noted = noted(record);
        if (noted == null) {
            stamp(record, nowMillis);
        } else if (noted.length <= NAME_AT) {
            byte[] came = ByteBuffer.allocate(THROUGH_BYTES)
                    .putLong(nowMillis)
                    .putInt(through)
                    .array();
            note(record, came);
        } else {
            byte[] hop = Partitions.through(through).getBytes(StandardCharsets.UTF_8);
            byte[] came = Arrays.copyOf(noted, noted.length + hop.length);
            ByteBuffer.wrap(came).putLong(nowMillis).position(noted.length).put(hop);
            note(record, came);
        }
    }

    /** Takes off what is left from what the writer of a record had read. */
    static void unstamp(Record<?, ?> record) {
        if (record.headers().lastHeader(HEADER) != null) {
            record.headers().remove(HEADER);
        }
    }

    private static void note(Record<?, ?> record, byte[] progress) {
        record.headers().remove(HEADER).add(HEADER, progress);
    }

    private static byte @Nullable [] noted(Record<?, ?> record) {
        Header header = record.headers().lastHeader(HEADER);
        byte[] noted = header == null ? null : header.value();
        return noted == null || noted.length < Long.BYTES || noted.length > MOST_NAME_BYTES ? null : noted;
    }
}
