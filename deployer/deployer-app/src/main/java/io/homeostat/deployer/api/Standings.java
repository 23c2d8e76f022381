package io.homeostat.deployer.api;

import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.deployer.copy.Specs;
import io.homeostat.deployer.copy.StartingException;
import io.homeostat.deployer.copy.TopicCopy;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** How things stand: copies of the specs, the routes, the rollouts, the targets and the newest decisions. */
@Singleton
class Standings {
    private final Specs specs;
    private final TopicCopy<Route> routes;
    private final TopicCopy<RolloutStatus> rollouts;
    private final TopicCopy<TargetStatus> targets;
    private final Decisions decisions;

    Standings(Topics topics, Specs specs, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.specs = specs;
        this.routes = new TopicCopy<>(topics.routes(), bootstrapServers);
        this.rollouts = new TopicCopy<>(topics.rollouts(), bootstrapServers);
        this.targets = new TopicCopy<>(topics.targets(), bootstrapServers);
        this.decisions = new Decisions(topics.ledger(), bootstrapServers);
    }

    // after the topics are there
    void start(@Observes @Priority(200) StartupEvent event) {
        routes.start();
        rollouts.start();
        targets.start();
        decisions.start();
    }

    void stop(@Observes ShutdownEvent event) {
        routes.close();
        rollouts.close();
        targets.close();
        decisions.close();
    }

    /** A model's spec. */
    Optional<ModelSpec> spec(String model) {
        return specs.of(model);
    }

    Optional<Route> route(String model) {
        return read(routes).get(model);
    }

    Optional<RolloutStatus> rollout(String model) {
        return read(rollouts).get(model);
    }

    /** Every model's newest rollout, the newest first. */
    List<RolloutStatus> rollouts() {
        return read(rollouts).all().values().stream()
                .sorted(Comparator.comparing(RolloutStatus::updatedAt).reversed())
                .toList();
    }

    /** How far a model's route is at its targets, by name. */
    List<TargetStatus> targets(String model) {
        return read(targets).all().values().stream()
                .filter(status -> status.model().equals(model))
                .sorted(Comparator.comparing(TargetStatus::target))
                .toList();
    }

    Decisions decisions() {
        return decisions;
    }

    private static <V> TopicCopy<V> read(TopicCopy<V> copy) {
        if (!copy.caughtUp()) {
            throw new StartingException();
        }
        return copy;
    }
}
