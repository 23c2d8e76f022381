package io.homeostat.backbone.topology;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.topic.Topics;
import io.micrometer.core.instrument.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** How a part of the topology sets input aside. */
public final class DeadLetters {
    private static final String ORIGIN = "homeostat-origin";
    private static final String STANDS_FOR = "homeostat-stands-for";
    private static final byte[] NOWHERE = {};

    private static final Pattern ORIGINS = Pattern.compile("([^:]+):(\\d{1,9}):(\\d{1,18})");

    private DeadLetters() {}

    /**
     * Notes on a record where it was read, so that a letter written after a repartition still names its source, and when
     * ({@link Progress}). A record that stands for another one ({@link #standingFor}) has that one's origin.
     */
    static void stamp(ProcessingContext context, Record<?, ?> record) {
        byte[] origin = originIn(context, record);
        record.headers().remove(ORIGIN).remove(STANDS_FOR).add(ORIGIN, origin);
        Progress.stampOnItsWay(record, context.taskId().partition(), context.currentSystemTimeMs());
    }

    /** Takes off a note that is left from what the writer of this record had read. */
    static void unstamp(Record<?, ?> record) {
        if (record.headers().lastHeader(ORIGIN) != null) {
            record.headers().remove(ORIGIN);
        }
        if (noted(record, STANDS_FOR) == null) {
            Progress.unstamp(record);
        }
    }

    /** Headers of a record written in place of one that was read at an origin: whoever reads it names that. */
    public static Headers standingFor(String origin) {
        return new RecordHeaders().add(STANDS_FOR, origin.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a record was read first, as {@code topic:partition:offset}; empty if that is not noted on it. */
    public static String originOf(Record<?, ?> record) {
        return text(noted(record, ORIGIN));
    }

    /** Where a record was read first, also where that is not noted on it because it was read just now. */
    public static String originOf(ProcessingContext context, Record<?, ?> record) {
        return text(originIn(context, record));
    }

    /** The same as {@link #originOf(Record)}, as it is written. */
    static byte[] originIn(Record<?, ?> record) {
        byte @Nullable [] noted = notedOrigin(record);
        return noted == null ? NOWHERE : noted;
    }

    private static byte[] originIn(ProcessingContext context, Record<?, ?> record) {
        byte @Nullable [] noted = notedOrigin(record);
        return noted == null
                ? context.recordMetadata()
                        .map(at -> at.topic() + ":" + at.partition() + ":" + at.offset())
                        .orElse("")
                        .getBytes(StandardCharsets.UTF_8)
                : noted;
    }

    private static byte @Nullable [] notedOrigin(Record<?, ?> record) {
        byte @Nullable [] noted = noted(record, ORIGIN);
        return noted == null ? noted(record, STANDS_FOR) : noted;
    }

    private static byte @Nullable [] noted(Record<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private static String text(byte @Nullable [] noted) {
        return noted == null ? "" : new String(noted, StandardCharsets.UTF_8);
    }

    /** What is said of an event that is too large to be read. */
    public static String tooLarge(long bytes, long most) {
        return "has " + bytes + " bytes; at most " + most
                + " are read. Leave out what the model does not need, or send a shorter text";
    }

    /** As much of a record's value, as text, as a letter holds. */
    public static @Nullable String payload(byte @Nullable [] value) {
        return value == null
                ? null
                : new String(
                        value,
                        0,
                        Math.min(value.length, 4 * DeadLetter.MOST_PAYLOAD_CHARACTERS),
                        StandardCharsets.UTF_8);
    }

    /**
     * A letter about what was read at an origin, see {@link #originOf}.
     *
     * @param payload the event, or what was read in its place, as text
     */
    public static DeadLetter letter(
            String origin,
            @Nullable String key,
            @Nullable String payload,
            DeadLetter.Reason reason,
            String message,
            Instant at) {
        Matcher parts = ORIGINS.matcher(origin);
        boolean known = parts.matches(); // anyone can write headers
        return new DeadLetter(
                known ? parts.group(1) : "unknown",
                known ? Integer.parseInt(parts.group(2)) : -1,
                known ? Long.parseLong(parts.group(3)) : -1,
                reason,
                message,
                key,
                payload,
                at);
    }

    // a sender can name any model, so none is a tag
    private static DeadLetter counted(DeadLetter letter) {
        String reason = letter.reason().name().toLowerCase(Locale.ROOT);
        Metrics.counter("homeostat.dead.letters", "reason", reason).increment();
        return letter;
    }

    /** Sends every dead letter of the stream to the dead-letter topic, and goes on with the rest. */
    public static <V> KStream<String, V> divert(KStream<String, Object> stream, Topics topics) {
        return rest(
                stream.filter((key, value) -> value instanceof DeadLetter),
                stream.filterNot((key, value) -> value instanceof DeadLetter),
                topics);
    }

    /**
     * The same, for a stream that a processor makes of every event: it may forward letters to its child
     * {@link #lettersOf} the name and all else to {@link #restOf} it, so that no record is shown to both.
     */
    public static <V> KStream<String, V> divert(KStream<String, Object> stream, String name, Topics topics) {
        return rest(
                stream.filter((key, value) -> value instanceof DeadLetter, Named.as(lettersOf(name))),
                stream.filterNot((key, value) -> value instanceof DeadLetter, Named.as(restOf(name))),
                topics);
    }

    /** The name of the node that takes the letters. */
    public static String lettersOf(String name) {
        return name + ".letters";
    }

    /** The name of the node that takes all else. */
    public static String restOf(String name) {
        return name + ".rest";
    }

    @SuppressWarnings("unchecked")
    private static <V> KStream<String, V> rest(
            KStream<String, Object> letters, KStream<String, Object> rest, Topics topics) {
        letters.mapValues(value -> counted((DeadLetter) value))
                .to(
                        topics.deadLetters().name(),
                        Produced.with(Serdes.String(), topics.deadLetters().valueSerde()));
        return (KStream<String, V>) rest;
    }
}
