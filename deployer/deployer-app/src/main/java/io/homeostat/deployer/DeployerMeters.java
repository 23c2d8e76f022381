package io.homeostat.deployer;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.deployer.decide.Turn;
import io.homeostat.deployer.observe.Observation;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What the deployer counts, per model that has a champion. */
final class DeployerMeters {
    private final MeterRegistry registry;
    private final Map<String, AtomicLong> revisions = new ConcurrentHashMap<>();

    DeployerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Counts an observation, also of a rollout that is over. */
    void observed(String model, Observation observation) {
        String name = observation instanceof Observation.Request ? "exposures" : "outcomes";
        registry.counter("homeostat.deployer." + name, "model", model).increment();
    }

    /** Counts what is said. */
    void said(String model, Object event) {
        if (event instanceof Route route) {
            revision(model, route.revision());
        } else if (event instanceof LedgerEntry line && line.action().equals(Turn.START)) {
            registry.counter("homeostat.deployer.rollouts.started", "model", model)
                    .increment();
        } else if (event instanceof RolloutStatus status
                && status.phase().isEnd()
                && status.championVersion() != null) {
            String outcome = status.phase().name().toLowerCase(Locale.ROOT);
            registry.counter("homeostat.deployer.rollouts.ended", "model", model, "outcome", outcome)
                    .increment();
        }
    }

    /** Shows the revision of the route in force. */
    void revision(String model, long revision) {
        revisions
                .computeIfAbsent(model, name -> {
                    AtomicLong value = new AtomicLong();
                    registry.gauge("homeostat.deployer.route.revision", Tags.of("model", name), value);
                    return value;
                })
                .set(revision);
    }
}
