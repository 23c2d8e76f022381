package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.event.TargetStatus.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far the application of a route at one target is, and when it is looked at next. Without clock and threads.
 *
 * @param told what was said of it last; absent if nothing was
 * @param tries attempts since the last success
 * @param applied revision that this process has applied itself, 0 before it has
 * @param lines when a line about the told revision was written last, by phase
 */
record Progress(@Nullable TargetStatus told, int tries, long applied, Map<Phase, Instant> lines) {
    /** How often a target that serves as it should is looked at, in case somebody changes it. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(30);
    /** A target that goes to and fro has a line in the ledger for each phase at most so often. */
    static final Duration BETWEEN_LINES = Duration.ofMinutes(10);

    private static final long FIRST_MILLIS = 500;
    private static final long MOST_WAITING_MILLIS = 5_000;
    private static final long MOST_FAILING_MILLIS = 60_000;
    /** Looks at a target that serves as it should which must fail in a row before that is told. */
    private static final int FAILED_LOOKS = 3;

    Progress {
        lines = Map.copyOf(lines);
    }

    /** Before the first attempt. */
    static Progress begin(@Nullable TargetStatus told) {
        return new Progress(told, 0, 0, Map.of());
    }

    /**
     * What follows from an attempt.
     *
     * @param progress from now on
     * @param toTell the status, if it is another one now
     * @param news whether the ledger and people are to be told
     * @param delay until the next attempt
     */
    record Step(Progress progress, Optional<TargetStatus> toTell, boolean news, Duration delay) {}

    Step after(String target, Route route, Outcome outcome, Instant now) {
        Phase phase = phase(outcome);
        int next = phase == Phase.APPLIED ? 0 : tries + 1;
        long inForce = phase == Phase.APPLIED ? route.revision() : applied;
        boolean another = told == null || told.revision() != route.revision() || told.phase() != phase;
        boolean inPassing = phase == Phase.FAILING && applied == route.revision() && next < FAILED_LOOKS;
        boolean corrected =
                outcome instanceof Outcome.Applied done && done.changed() && applied == route.revision() && !another;
        if ((!another && !corrected) || inPassing) {
            return new Step(new Progress(told, next, inForce, lines), Optional.empty(), false, delay(phase, next));
        }
        String reason = corrected ? "somebody had changed it; again in force: " + outcome.reason() : outcome.reason();
        TargetStatus status = new TargetStatus(route.model(), target, route.revision(), phase, now, reason);
        boolean sameRevision = told != null && told.revision() == route.revision();
        Map<Phase, Instant> written = new HashMap<>(sameRevision ? lines : Map.of());
        Instant last = written.get(phase);
        boolean news = last == null || !last.plus(BETWEEN_LINES).isAfter(now);
        if (news) {
            written.put(phase, now);
        }
        return new Step(new Progress(status, next, inForce, written), Optional.of(status), news, delay(phase, next));
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
