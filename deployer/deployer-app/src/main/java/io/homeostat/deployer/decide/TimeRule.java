package io.homeostat.deployer.decide;

import java.time.Instant;

/** Whose time counts. */
public sealed interface TimeRule {
    /** The time of a request or label. */
    Instant event(Instant said);

    /** The time of what a person or a newer candidate says to a rollout. */
    Instant order(Underway underway, Instant said);

    /** When a rollout begins. */
    Instant start(Instant said);

    /** Whether a rollout's time begins with its first request. */
    boolean beginsWithTraffic();

    /**
     * The wall clock: nothing is later than now, and a rollout begins when it is begun.
     *
     * @param now the time
     */
    record Wall(Instant now) implements TimeRule {
        @Override
        public Instant event(Instant said) {
            return said.isAfter(now) ? now : said;
        }

        @Override
        public Instant order(Underway underway, Instant said) {
            return event(said);
        }

        @Override
        public Instant start(Instant said) {
            return now;
        }

        @Override
        public boolean beginsWithTraffic() {
            return false;
        }
    }

    /** Only events move time, so that a replay of years takes seconds. */
    record Events() implements TimeRule {
        @Override
        public Instant event(Instant said) {
            return said;
        }

        @Override
        public Instant order(Underway underway, Instant said) {
            return underway.rollout().now();
        }

        @Override
        public Instant start(Instant said) {
            return said;
        }

        @Override
        public boolean beginsWithTraffic() {
            return true;
        }
    }
}
