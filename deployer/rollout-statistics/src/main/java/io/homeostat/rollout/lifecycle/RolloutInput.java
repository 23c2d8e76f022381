package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.Computation;
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
     * @param answer what that arm made of it
     * @param counterpart what the other arm made of it as a shadow, absent if it did not compute it. It must be computed
     *     whatever becomes of the answer
     */
    record Exposure(
            Instant time,
            String unitId,
            Arm arm,
            double weightPercent,
            Computation answer,
            @Nullable Computation counterpart)
            implements RolloutInput {
        public Exposure {
            if (!(weightPercent >= 0 && weightPercent <= 100)) {
                throw new IllegalArgumentException(
                        "weightPercent: " + weightPercent + " is not within 0 and 100. Give percent.");
            }
        }
    }

    /**
     * A label for a request that both versions computed.
     *
     * @param time when it became known
     * @param requestTime when the request was answered
     * @param unitId whose request
     * @param difference gain of the candidate over the champion, -1 to 1: right minus wrong for classes, the clipped
     *     and scaled difference of losses for numbers. The roles stay the same after a promotion
     * @param stableLoss the champion's loss, 0 to 1; absent if it is not known
     */
    record PairedOutcome(
            Instant time,
            Instant requestTime,
            String unitId,
            double difference,
            @Nullable Double stableLoss) implements RolloutInput {
        public PairedOutcome {
            if (!(difference >= -1 && difference <= 1)) {
                throw new IllegalArgumentException(
                        "difference: " + difference + " is not within -1 and 1. Scale and clip it first.");
            }
            if (stableLoss != null && !(stableLoss >= 0 && stableLoss <= 1)) {
                throw new IllegalArgumentException(
                        "stableLoss: " + stableLoss + " is not within 0 and 1. Scale and clip it first.");
            }
        }
    }

    /**
     * A label for a request that one version alone computed, for lack of copies. Where a request is answered by either side with
     * a known chance, its loss divided by that chance is an unbiased estimate of that side's mean loss (D. Horvitz and D.
     * Thompson, 1952), so each label is one of the candidate's gain. It varies more than a pair: at equal weights seven to
     * eight times as many labels are needed where 6 % of the pairs differ and 10 % of the answers are wrong, and at smaller ones
     * more.
     *
     * @param time when it became known
     * @param requestTime when the request was answered
     * @param unitId whose request
     * @param arm who answered
     * @param weightPercent the candidate's weight in force when the arm was chosen, inside 0 and 100
     * @param loss how wrong the answer was, 0 to 1
     */
    record SingleOutcome(Instant time, Instant requestTime, String unitId, Arm arm, double weightPercent, double loss)
            implements RolloutInput {
        public SingleOutcome {
            if (!(weightPercent > 0 && weightPercent < 100)) {
                throw new IllegalArgumentException("weightPercent: " + weightPercent
                        + " is not inside 0 and 100. Where one side answers all there is nothing to compare.");
            }
            if (!(loss >= 0 && loss <= 1)) {
                throw new IllegalArgumentException(
                        "loss: " + loss + " is not within 0 and 1. Scale and clip it first.");
            }
        }

        /** The estimate of the candidate's gain over the champion. */
        double gain() {
            return loss * (arm == Arm.CANDIDATE ? lowest() : highest());
        }

        /** The least that the estimate could have been. */
        double lowest() {
            return -100 / weightPercent;
        }

        /** The most. */
        double highest() {
            return 100 / (100 - weightPercent);
        }
    }

    /**
     * A label for an answered request, for the coverage per arm.
     *
     * @param time when it became known
     * @param requestTime when the request was answered
     * @param arm who answered
     */
    record LabelSeen(Instant time, Instant requestTime, Arm arm) implements RolloutInput {}

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
            /** Ends a hold or a pause, and approves in an approval step. */
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

    /**
     * The model is registered no longer, so nothing says any more how its rollout is to be judged.
     *
     * @param time when that was seen
     */
    record ModelRemoved(Instant time) implements RolloutInput {}
}
