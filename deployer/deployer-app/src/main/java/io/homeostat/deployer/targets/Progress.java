package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.event.TargetStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the application of a route at one target is, and when it is looked at next. Without clock and threads.
 *
 * @param told what was said of it last; absent if nothing was
 * @param tries attempts since the last success
 * @param applied revision that this process has applied itself, 0 before it has
 */
record Progress(@Nullable TargetStatus told, int tries, long applied) {
    /** How often a target that serves as it should is looked at, in case somebody changes it. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);

    private static final long FIRST_MILLIS = 500;
    private static final long MOST_WAITING_MILLIS = 5_000;
    private static final long MOST_FAILING_MILLIS = 60_000;

    /**
     * What follows from an attempt.
     *
     * @param progress from now on
     * @param toTell what is new, if something is: one telling per revision and phase
     * @param delay until the next attempt
     */
    record Step(Progress progress, Optional<TargetStatus> toTell, Duration delay) {}

    Step after(String target, Route route, Outcome outcome, Instant now) {
        Phase phase = phase(outcome);
        boolean isNew = told == null || told.revision() != route.revision() || told.phase() != phase;
        boolean corrected = outcome instanceof Outcome.Applied done && done.changed() && applied == route.revision();
        TargetStatus status = new TargetStatus(
                route.model(),
                target,
                route.revision(),
                phase,
                now,
                corrected ? "somebody had changed it; again in force: " + outcome.reason() : outcome.reason());
        int next = phase == Phase.APPLIED ? 0 : tries + 1;
        long inForce = phase == Phase.APPLIED ? route.revision() : applied;
        return isNew || corrected
                ? new Step(new Progress(status, next, inForce), Optional.of(status), delay(phase, next))
                : new Step(new Progress(told, next, inForce), Optional.empty(), delay(phase, next));
    }

    private static Phase phase(Outcome outcome) {
        if (outcome instanceof Outcome.Applied) {
            return Phase.APPLIED;
        }
        if (outcome instanceof Outcome.Waiting) {
            return Phase.WAITING;
        }
        return outcome instanceof Outcome.Superseded ? Phase.SUPERSEDED : Phase.FAILING;
    }

    private static Duration delay(Phase phase, int tries) {
        if (phase == Phase.APPLIED) {
            return LOOK_AGAIN;
        }
        long most = phase == Phase.WAITING ? MOST_WAITING_MILLIS : MOST_FAILING_MILLIS;
        return Duration.ofMillis(Math.min(most, FIRST_MILLIS << Math.min(tries - 1, 10)));
    }
}
