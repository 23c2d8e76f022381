package io.homeostat.benchmarks.drift.throughput;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.homeostat.backbone.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;

/**
 * A topology that reads every value of the JSON and does nothing with it: the fastest general way there is, Jackson's
 * streaming parser with its fast parser of numbers, without building an object.
 */
final class ParseOnly {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
            .build();

    private ParseOnly() {}

    /** The topology; each record is counted once it is parsed, and what was read is summed up so that it must be read. */
    static Topology of(Topic<?> topic, LongAdder parsed, LongAdder sum) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(topic.name(), Consumed.with(Serdes.String(), Serdes.ByteArray()))
                .foreach((key, json) -> {
                    sum.add(read(json));
                    parsed.increment();
                });
        return builder.build();
    }

    private static long read(byte[] json) {
        long read = 0;
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                switch (token) {
                    case VALUE_NUMBER_FLOAT, VALUE_NUMBER_INT -> read += (long) parser.getDoubleValue();
                    case VALUE_STRING -> read += parser.getText().length();
                    case FIELD_NAME -> read += parser.currentName().length();
                    default -> read++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }
}
