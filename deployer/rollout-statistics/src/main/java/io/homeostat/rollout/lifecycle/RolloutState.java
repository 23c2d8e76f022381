package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import java.time.Instant;

/**
 * Where a rollout stands. Each state offers only its legal moves, so an illegal one does not compile: nothing leads out
 * of {@link Promoted} and {@link RolledBack}, only a {@link Running} state can be held, only a promotion leads to
 * {@link Watching}.
 */
public sealed interface RolloutState {
    /** The candidate's share of answers in this state, 0 to 100 percent. */
    double weightPercent();

    /** The state in a word or two, for people. */
    String label();

    /** A state that a rollback can end. */
    sealed interface Active extends RolloutState {
        /** Back to the champion. */
        default RolledBack rollBack(RollbackCause cause) {
            return new RolledBack(cause);
        }
    }

    /** A state before the promotion. */
    sealed interface Undecided extends Active {
        /** Index of the step that it is in, from 0. */
        int step();

        /** The candidate becomes champion, and the previous one stays warm. */
        default Watching promote(Instant until) {
            return new Watching(until);
        }
    }

    /** A step of the plan under way. */
    sealed interface Running extends Undecided {
        /** Stands still with the same weight. */
        default Held hold(HoldReason reason, String why) {
            return new Held(reason, why, this);
        }

        /** The step after this one; the plan must have one. */
        default Running advance(RolloutPlan plan) {
            return at(plan, step() + 1);
        }
    }

    /** The state of a step. */
    static Running at(RolloutPlan plan, int step) {
        Step planned = plan.steps().get(step);
        return planned instanceof Step.Shadow ? new Shadow(step) : new Canary(step, planned.weightPercent());
    }

    /**
     * The candidate computes copies and answers nobody.
     *
     * @param step index of the step
     */
    record Shadow(int step) implements Running {
        @Override
        public double weightPercent() {
            return 0;
        }

        @Override
        public String label() {
            return "shadow";
        }
    }

    /**
     * The candidate answers a share, in a canary or an A/B step.
     *
     * @param step index of the step
     * @param weightPercent that share
     */
    record Canary(int step, double weightPercent) implements Running {
        @Override
        public String label() {
            return "canary " + Sentences.number(weightPercent) + " %";
        }
    }

    /**
     * Standing still with the weight of the step.
     *
     * @param reason why
     * @param why the same as a sentence
     * @param where the step that waits
     */
    record Held(HoldReason reason, String why, Running where) implements Undecided {
        /** The step goes on. */
        public Running resume() {
            return where;
        }

        @Override
        public int step() {
            return where.step();
        }

        @Override
        public double weightPercent() {
            return where.weightPercent();
        }

        @Override
        public String label() {
            return "held at " + where.label();
        }
    }

    /**
     * Promoted; the previous champion is kept warm and shadows.
     *
     * @param until when the watch ends
     */
    record Watching(Instant until) implements Active {
        /** The watch is over. */
        public Promoted finish() {
            return new Promoted();
        }

        @Override
        public double weightPercent() {
            return 100;
        }

        @Override
        public String label() {
            return "watching";
        }
    }

    /** Ended: the candidate is champion. */
    record Promoted() implements RolloutState {
        @Override
        public double weightPercent() {
            return 100;
        }

        @Override
        public String label() {
            return "promoted";
        }
    }

    /**
     * Ended: the champion serves everyone again.
     *
     * @param cause why
     */
    record RolledBack(RollbackCause cause) implements RolloutState {
        @Override
        public double weightPercent() {
            return 0;
        }

        @Override
        public String label() {
            return "rolled back";
        }
    }
}
