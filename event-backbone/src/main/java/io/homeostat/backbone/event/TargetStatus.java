package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Duration;
import java.time.Instant;

/**
 * How far a route is applied at one of a model's targets.
 *
 * @param model the model
 * @param target the target's name within its model, like {@code httpRoute:models/loans}, or {@value #GATEWAYS}
 * @param revision of the route that is wanted there
 * @param phase how far it is
 * @param at since when; of {@value #GATEWAYS}, when it was so
 * @param reason the same as a sentence
 */
public record TargetStatus(String model, String target, long revision, Phase phase, Instant at, String reason) {
    /** Our gateways, which tell of a route themselves where they cannot load all of it, again and again. */
    public static final String GATEWAYS = "gateways";

    /** How often our gateways tell of what they cannot load; what was told three times as long ago is over. */
    public static final Duration GATEWAYS_TELL = Duration.ofMinutes(1);

    public TargetStatus {
        Check.name("model", model);
        Check.text("target", target);
        Check.atLeast("revision", revision, 1);
        Check.present("phase", phase);
        Check.present("at", at);
        Check.text("reason", reason);
    }

    /** The key that it is written with. */
    public String key() {
        return model + "/" + target;
    }

    /** How far a route is. */
    public enum Phase {
        /** The target serves by it. */
        APPLIED,
        /** Something must be ready first. */
        WAITING,
        /** The target does not do what it is told; it is told again. */
        FAILING,
        /** The target serves by a newer one. */
        SUPERSEDED
    }
}
