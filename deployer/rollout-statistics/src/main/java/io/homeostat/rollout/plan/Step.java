package io.homeostat.rollout.plan;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** One step of a rollout: what the candidate gets, and what ends the step. */
public sealed interface Step {
    /** What the step is called, in one word. */
    String name();

    /** The candidate's share of answers, 0 to 100 percent; empty if it stays as in the step before. */
    default OptionalDouble weight() {
        return OptionalDouble.empty();
    }

    /** The least time the step lasts; empty if a person ends it. */
    Optional<Duration> least();

    /** A step that lasts some time at least. */
    sealed interface Timed extends Step {
        /** The least time it lasts. */
        Duration hold();

        @Override
        default Optional<Duration> least() {
            return Optional.of(hold());
        }
    }

    /**
     * The candidate computes copies and answers nobody.
     *
     * @param hold the least time it lasts
     */
    record Shadow(Duration hold) implements Timed {
        @Override
        public String name() {
            return "shadow";
        }

        @Override
        public OptionalDouble weight() {
            return OptionalDouble.of(0);
        }
    }

    /**
     * The candidate answers a small share.
     *
     * @param weightPercent above 0, up to 100 percent
     * @param hold the least time it lasts
     */
    record Canary(double weightPercent, Duration hold) implements Timed {
        @Override
        public String name() {
            return "canary";
        }

        @Override
        public OptionalDouble weight() {
            return OptionalDouble.of(weightPercent);
        }
    }

    /**
     * The candidate answers a share large enough to compare both, usually half.
     *
     * @param weightPercent above 0, up to 100 percent
     * @param hold the least time it lasts
     */
    record AbTest(double weightPercent, Duration hold) implements Timed {
        @Override
        public String name() {
            return "A/B";
        }

        @Override
        public OptionalDouble weight() {
            return OptionalDouble.of(weightPercent);
        }
    }

    /**
     * Blue-green: the candidate answers everybody at once, while the champion stays warm beside it.
     *
     * @param hold the least time it lasts
     */
    record Switch(Duration hold) implements Timed {
        @Override
        public String name() {
            return "switch";
        }

        @Override
        public OptionalDouble weight() {
            return OptionalDouble.of(100);
        }
    }

    /**
     * The share stays for a while, to see whether it stays well.
     *
     * @param hold the least time it lasts
     */
    record Bake(Duration hold) implements Timed {
        @Override
        public String name() {
            return "bake";
        }
    }

    /**
     * The share stays until some time has passed, whatever the traffic, or until a person resumes.
     *
     * @param hold that time; absent if only a person ends it
     */
    record Pause(@Nullable Duration hold) implements Step {
        @Override
        public String name() {
            return "pause";
        }

        @Override
        public Optional<Duration> least() {
            return Optional.ofNullable(hold);
        }
    }

    /**
     * The share stays until a person approves by resuming; as the last step that is the promotion.
     *
     * @param within the time for it; after it the champion serves everyone again
     */
    record Approval(Duration within) implements Step {
        @Override
        public String name() {
            return "approval";
        }

        @Override
        public Optional<Duration> least() {
            return Optional.empty();
        }
    }
}
