package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.routing.Arm;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a rollout can be told. Every input carries the event time; time that goes backwards counts as standing still. */
public sealed interface RolloutInput {
    /** When it happened. */
    Instant time();

    /**
     * One request.
     *
     * @param time when it happened
     * @param unitId who asked; the same unit is served by the same arm
     * @param arm the arm that the unit was given. A candidate's failure that the champion answered in its place is a
     *     failure of {@link Arm#CANDIDATE}
     * @param weightPercent the candidate's weight in force when the arm was chosen, 0 to 100
     * @param failed whether that arm failed
     * @param latencyMillis how long that arm took, at least 0
     * @param counterpart the other arm's computation as a shadow, absent if there was none. It must be computed
     *     whatever becomes of the answer
     */
    record Exposure(
            Instant time,
            String unitId,
            Arm arm,
            double weightPercent,
            boolean failed,
            double latencyMillis,
            @Nullable Counterpart counterpart)
            implements RolloutInput {
        public Exposure {
            if (!(weightPercent >= 0 && weightPercent <= 100)) {
                throw new IllegalArgumentException(
                        "weightPercent: " + weightPercent + " is not within 0 and 100. Give percent.");
            }
            checkLatency(latencyMillis);
        }
    }

    /**
     * What the arm that did not answer made of the same request.
     *
     * @param failed whether it failed
     * @param latencyMillis how long it took, at least 0
     */
    record Counterpart(boolean failed, double latencyMillis) {
        public Counterpart {
            checkLatency(latencyMillis);
        }
    }

    /**
     * A label for a request that both versions computed.
     *
     * @param time when it became known
     * @param unitId whose request
     * @param difference gain of the candidate over the champion, -1 to 1: right minus wrong for classes, the clipped
     *     and scaled difference of losses for numbers. The roles stay the same after a promotion
     */
    record PairedOutcome(Instant time, String unitId, double difference) implements RolloutInput {
        public PairedOutcome {
            if (!(difference >= -1 && difference <= 1)) {
                throw new IllegalArgumentException(
                        "difference: " + difference + " is not within -1 and 1. Scale and clip it first.");
            }
        }
    }

    /**
     * A label for an answered request, for the coverage per arm; not used by any test.
     *
     * @param time when it became known
     * @param arm who answered
     */
    record LabelSeen(Instant time, Arm arm) implements RolloutInput {}

    /**
     * Time passes.
     *
     * @param time now
     */
    record Tick(Instant time) implements RolloutInput {}

    /**
     * A person's order.
     *
     * @param time when
     * @param kind what to do
     * @param who the person
     * @param why the reason
     */
    record Command(Instant time, Kind kind, String who, String why) implements RolloutInput {
        /** The orders. */
        public enum Kind {
            PROMOTE,
            HOLD,
            RESUME,
            ABORT,
            ROLLBACK
        }
    }

    /**
     * A newer candidate takes over.
     *
     * @param time when
     * @param by its version
     */
    record Superseded(Instant time, String by) implements RolloutInput {}

    private static void checkLatency(double latencyMillis) {
        if (!(latencyMillis >= 0)) {
            throw new IllegalArgumentException("latencyMillis: " + latencyMillis + " is no time. Give 0 or more.");
        }
    }
}
