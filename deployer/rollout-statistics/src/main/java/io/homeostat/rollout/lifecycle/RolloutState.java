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

    /** The state at the beginning of a step. */
    static Running at(RolloutPlan plan, int step) {
        Step planned = plan.steps().get(step);
        double weight = plan.weightAt(step);
        if (planned instanceof Step.Shadow) {
            return new Shadow(step);
        }
        return planned instanceof Step.Pause || planned instanceof Step.Approval
                ? new Waiting(step, weight, planned.name())
                : new Serving(step, weight, planned.name());
    }

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

        /** Stand still with the weight of the step. */
        Held hold(HoldReason reason, String why, Instant since);
    }

    /** A step of the plan under way. */
    sealed interface Running extends Undecided {
        /** To the next step of the plan. */
        default Running advance(RolloutPlan plan) {
            return at(plan, step() + 1);
        }

        @Override
        default Held hold(HoldReason reason, String why, Instant since) {
            return new Held(reason, why, this, since);
        }
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
     * The candidate answers a share: a canary, A/B, switch or bake step.
     *
     * @param step index of the step
     * @param weightPercent that share
     * @param name what the step is called
     */
    record Serving(int step, double weightPercent, String name) implements Running {
        @Override
        public String label() {
            return name + " " + Sentences.number(weightPercent) + " %";
        }
    }

    /**
     * The share stays until time has passed or a person says so: a pause or approval step.
     *
     * @param step index of the step
     * @param weightPercent the share
     * @param name what the step is called
     */
    record Waiting(int step, double weightPercent, String name) implements Running {
        @Override
        public String label() {
            return name + " at " + Sentences.number(weightPercent) + " %";
        }
    }

    /**
     * Standing still with the weight of the step.
     *
     * @param reason why
     * @param why the same as a sentence
     * @param where the step that waits
     * @param since when it was held
     */
    record Held(HoldReason reason, String why, Running where, Instant since) implements Undecided {
        /** The step goes on. */
        public Running resume() {
            return where;
        }

        @Override
        public Held hold(HoldReason next, String nextWhy, Instant from) {
            return new Held(next, nextWhy, where, from);
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
