package io.homeostat.deployer.api;

import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.StreamsHost;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How things stand: copies of the specs, the routes and the rollouts. */
@Singleton
class Standings {
    private final Topics topics;
    private final StreamsHost streams;
    private final TopicCopy<Route> routes;
    private final TopicCopy<RolloutStatus> rollouts;

    Standings(
            Topics topics,
            StreamsHost streams,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.topics = topics;
        this.streams = streams;
        this.routes = new TopicCopy<>(topics.routes(), bootstrapServers);
        this.rollouts = new TopicCopy<>(topics.rollouts(), bootstrapServers);
    }

    // after the topics are there
    void start(@Observes @Priority(200) StartupEvent event) {
        routes.start();
        rollouts.start();
    }

    void stop(@Observes ShutdownEvent event) {
        routes.close();
        rollouts.close();
    }

    /** A model's spec. */
    Optional<ModelSpec> spec(String model) {
        ReadOnlyKeyValueStore<String, ValueAndTimestamp<ModelSpec>> specs = streams.store(
                        SharedSources.storeOf(topics.models()),
                        QueryableStoreTypes.<String, ModelSpec>timestampedKeyValueStore())
                .orElseThrow(Standings::starting);
        return Optional.ofNullable(specs.get(model)).map(ValueAndTimestamp::value);
    }

    Optional<Route> route(String model) {
        return known(routes, model);
    }

    Optional<RolloutStatus> rollout(String model) {
        return known(rollouts, model);
    }

    private static <V> Optional<V> known(TopicCopy<V> copy, String model) {
        if (!copy.caughtUp()) {
            throw starting();
        }
        return copy.get(model);
    }

    private static AnswerException starting() {
        return new AnswerException(503, "the deployer is starting; try again in a second");
    }
}
