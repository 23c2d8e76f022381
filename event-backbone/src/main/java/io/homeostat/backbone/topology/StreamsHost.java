package io.homeostat.backbone.topology;

import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.quarkus.arc.All;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Runs the topology of all parts found on the class path: provisions the topics, starts Kafka Streams, replaces a
 * thread that dies, and stops in order.
 */
@Singleton
public class StreamsHost {
    private static final Logger LOG = Logger.getLogger(StreamsHost.class);

    private final Topics topics;
    private final TopicProvisioner provisioner;
    private final List<TopologyPart> parts;
    private final Properties settings;
    private volatile @Nullable KafkaStreams streams;

    StreamsHost(
            Topics topics,
            TopicProvisioner provisioner,
            @All List<TopologyPart> parts,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "homeostat.streams.application-id") String applicationId,
            @ConfigProperty(name = "homeostat.streams.state-dir") String stateDir,
            @ConfigProperty(name = "homeostat.streams.threads") int threads,
            @ConfigProperty(name = "homeostat.streams.commit-interval") Duration commitInterval,
            @ConfigProperty(name = "homeostat.streams.instance-id") Optional<String> instanceId) {
        this.topics = topics;
        this.provisioner = provisioner;
        this.parts = parts;
        this.settings = Topologies.settings(topics, applicationId, bootstrapServers, stateDir, threads, commitInterval);
        instanceId.ifPresent(
                id -> settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), id));
    }

    void start(@Observes @Priority(100) StartupEvent event) {
        provisioner.provision(topics.all());
        if (parts.isEmpty()) {
            return;
        }
        KafkaStreams started = Topologies.application(topics, parts, settings);
        started.setStateListener((now, before) -> LOG.debugf("Streams: %s, was %s", now, before));
        started.start();
        streams = started;
    }

    void stop(@Observes @Priority(100) ShutdownEvent event) {
        KafkaStreams running = streams;
        if (running != null) {
            running.close(Duration.ofSeconds(10));
        }
    }

    /** Whether every part's tasks are assigned and restored; also true where there is nothing to run. */
    public boolean isRunning() {
        KafkaStreams running = streams;
        return parts.isEmpty() || (running != null && running.state() == KafkaStreams.State.RUNNING);
    }

    /** The state in words. */
    public String state() {
        KafkaStreams running = streams;
        return running == null
                ? (parts.isEmpty() ? "NOTHING TO RUN" : "NOT STARTED")
                : running.state().name();
    }

    /** A store of this process, by name; empty while it is being restored or moved. */
    public <S> Optional<S> store(String name, QueryableStoreType<S> type) {
        KafkaStreams running = streams;
        if (running == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(running.store(StoreQueryParameters.fromNameAndType(name, type)));
        } catch (InvalidStateStoreException notNow) {
            return Optional.empty();
        }
    }
}
