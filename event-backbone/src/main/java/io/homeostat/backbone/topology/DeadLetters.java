package io.homeostat.backbone.topology;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.topic.Topics;
import io.micrometer.core.instrument.Metrics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** How a part of the topology sets input aside. */
public final class DeadLetters {
    private static final String ORIGIN = "homeostat-origin";
    private static final String STANDS_FOR = "homeostat-stands-for";

    private DeadLetters() {}

    /**
     * Notes on a record where it is read, so that a letter written after a repartition still names its source. A record
     * that stands for another one ({@link #standingFor}) has that one's origin.
     */
    static void stamp(ProcessorContext<?, ?> context, Record<?, ?> record) {
        Header original = record.headers().lastHeader(STANDS_FOR);
        String origin = original == null
                ? context.recordMetadata()
                        .map(at -> at.topic() + ":" + at.partition() + ":" + at.offset())
                        .orElse("")
                : new String(original.value(), StandardCharsets.UTF_8);
        // what stands there may be left from what the writer of this record had read
        record.headers().remove(ORIGIN).remove(STANDS_FOR).add(ORIGIN, origin.getBytes(StandardCharsets.UTF_8));
    }

    /** Headers of a record written in place of one that was read at an origin: whoever reads it names that. */
    public static Headers standingFor(String origin) {
        return new RecordHeaders().add(STANDS_FOR, origin.getBytes(StandardCharsets.UTF_8));
    }

    /** Where a record was read first, as {@code topic:partition:offset}; empty if it was not read from a source. */
    public static String originOf(Record<?, ?> record) {
        Header header = record.headers().lastHeader(ORIGIN);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
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
        String[] parts = origin.split(":", -1);
        boolean known = parts.length == 3;
        return new DeadLetter(
                known ? parts[0] : "unknown",
                known ? Integer.parseInt(parts[1]) : -1,
                known ? Long.parseLong(parts[2]) : -1,
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
    @SuppressWarnings("unchecked")
    public static <V> KStream<String, V> divert(KStream<String, Object> stream, Topics topics) {
        stream.filter((key, value) -> value instanceof DeadLetter)
                .mapValues(value -> counted((DeadLetter) value))
                .to(
                        topics.deadLetters().name(),
                        Produced.with(Serdes.String(), topics.deadLetters().valueSerde()));
        return stream.filterNot((key, value) -> value instanceof DeadLetter).mapValues(value -> (V) value);
    }
}
