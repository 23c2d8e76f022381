package io.homeostat.backbone.topology;

import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.LogAndContinueExceptionHandler;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.processor.internals.DefaultKafkaClientSupplier;
import org.jboss.logging.Logger;

/** Merges parts into a topology, and says the settings it runs with: in production and in every test. */
public final class Topologies {
    private static final Logger LOG = Logger.getLogger(Topologies.class);

    private Topologies() {}

    /** The topology of the given parts. */
    public static Topology of(Topics topics, Iterable<? extends TopologyPart> parts) {
        StreamsBuilder builder = new StreamsBuilder();
        SharedSources sources = new SharedSources(builder, topics);
        // always in the same order, so that a task's number, and with it its local state, means the same after a
        // restart
        StreamSupport.stream(parts.spliterator(), false)
                .sorted(Comparator.comparing(
                        (TopologyPart part) -> part.getClass().getName()))
                .forEach(part -> part.addTo(builder, topics, sources));
        return builder.build();
    }

    /** An application of the given parts, not started yet, which says why a thread of it died, and replaces it. */
    public static KafkaStreams application(Topics topics, Iterable<? extends TopologyPart> parts, Properties settings) {
        Predicate<String> holds =
                topic -> StreamSupport.stream(parts.spliterator(), false).anyMatch(part -> part.holds(topic));
        KafkaStreams streams = new KafkaStreams(of(topics, parts), settings, new DefaultKafkaClientSupplier() {
            @Override
            public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
                return HoldingConsumer.of(super.getConsumer(config), holds);
            }
        });
        streams.setUncaughtExceptionHandler(e -> {
            LOG.errorf(e, "A stream thread died and is replaced: %s", e.getMessage());
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        return streams;
    }

    /**
     * The settings of a streams application: exactly once; a global copy passes over what it cannot read.
     *
     * @param commitInterval how long a result may wait to be seen by the next stage
     */
    public static Properties settings(
            Topics topics,
            String applicationId,
            String bootstrapServers,
            String stateDir,
            int threads,
            Duration commitInterval) {
        Properties p = new Properties();
        p.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        p.put(StreamsConfig.STATE_DIR_CONFIG, stateDir);
        p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
        p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, commitInterval.toMillis());
        p.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) topics.replication());
        p.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        p.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, LogAndContinueExceptionHandler.class);
        // a share of a window with hundreds of features does not fit into a broker's default of 1 MB
        p.put(StreamsConfig.topicPrefix("max.message.bytes"), Integer.toString(Topic.MOST_STATE_BYTES));
        p.put(StreamsConfig.TOPOLOGY_OPTIMIZATION_CONFIG, StreamsConfig.NO_OPTIMIZATION);
        // the newer streams protocol refuses a changed topology, so no upgrade could go on with the old one's state;
        // with a
        // member id that survives restarts the classic one gives a restarted process its tasks back at once
        p.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "classic");
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 6_000);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG), 1_000);
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG), "earliest");
        // how long a user's topic that is made later stays unseen
        p.put(StreamsConfig.consumerPrefix(ConsumerConfig.METADATA_MAX_AGE_CONFIG), 30_000);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), 5);
        // compressing a batch begins with buffers of 128 kB, however small it is
        p.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), 128 * 1024);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), Topic.MOST_STATE_BYTES);
        p.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        return p;
    }
}
