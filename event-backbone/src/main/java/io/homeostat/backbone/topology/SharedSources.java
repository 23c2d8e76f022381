package io.homeostat.backbone.topology;

import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.GlobalKTable;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;

/**
 * The topics a topology reads, each registered once however many parts read it: Kafka Streams allows a topic one source
 * per topology. Streams are read in event time as said by the record's timestamp.
 */
public final class SharedSources {
    private final StreamsBuilder builder;
    private final Topics topics;
    private final Map<String, KStream<?, ?>> streams = new HashMap<>();
    private final Map<String, KStream<?, ?>> received = new HashMap<>();
    private final Map<String, GlobalKTable<?, ?>> tables = new HashMap<>();

    public SharedSources(StreamsBuilder builder, Topics topics) {
        this.builder = builder;
        this.topics = topics;
    }

    /** The topic's events. What cannot be read becomes a dead letter and is not seen here. */
    @SuppressWarnings("unchecked")
    public <V> KStream<String, V> stream(Topic<V> topic) {
        return (KStream<String, V>) streams.computeIfAbsent(
                topic.name(),
                name -> received(topic).process(Stamp::<Received<V>>underway).mapValues(Received::event));
    }

    /**
     * The topic's events with their bytes, for who has no time for more: where a record was read is not noted on it, but
     * known until the next repartition, see {@link DeadLetters#originOf(ProcessingContext, Record)}.
     */
    @SuppressWarnings("unchecked")
    public <V> KStream<String, Received<V>> received(Topic<V> topic) {
        return (KStream<String, Received<V>>) received.computeIfAbsent(topic.name(), name -> decoded(topic));
    }

    private <V> KStream<String, Received<V>> decoded(Topic<V> topic) {
        KStream<String, byte[]> raw = builder.stream(
                topic.name(), Consumed.with(Serdes.String(), Serdes.ByteArray()).withName("source." + topic.name()));
        String decoder = "decoder." + topic.name();
        return DeadLetters.divert(raw.process(() -> new Decoder<>(topic, decoder)), decoder, topics);
    }

    /**
     * The users' own records, as bytes; a record without timestamp has 0. The key is read as text. What hangs on it must be
     * stateless up to the next repartition: topics come and go, and with them the number of its tasks.
     */
    @SuppressWarnings("unchecked")
    public KStream<String, byte[]> userRecords(UserTopics userTopics) {
        return (KStream<String, byte[]>) streams.computeIfAbsent(
                UserTopics.SETTING,
                name -> builder.stream(
                                userTopics.pattern(),
                                Consumed.with(Serdes.String(), Serdes.ByteArray())
                                        .withTimestampExtractor((record, before) -> Math.max(0, record.timestamp()))
                                        .withName("source.user-topics"))
                        .process(Stamp::<byte[]>atSource));
    }

    /**
     * A full copy of a compacted topic in every process, held in memory: the store is named {@link #storeOf}. Processors
     * reach it by that name without being connected to it; values are wrapped with their timestamps.
     */
    @SuppressWarnings("unchecked")
    public <V> GlobalKTable<String, V> globalTable(Topic<V> topic) {
        return (GlobalKTable<String, V>) tables.computeIfAbsent(
                topic.name(),
                name -> builder.globalTable(
                        name,
                        Consumed.with(Serdes.String(), topic.valueSerde()).withName("global." + name),
                        Materialized.<String, V>as(Stores.inMemoryKeyValueStore(storeOf(topic)))
                                .withCachingDisabled() // it would copy the store's position whenever it is asked for
                                .withKeySerde(Serdes.String())
                                .withValueSerde(topic.valueSerde())));
    }

    /** The name of the store of a {@link #globalTable}. */
    public static String storeOf(Topic<?> topic) {
        return "copy-of-" + topic.name();
    }
}
