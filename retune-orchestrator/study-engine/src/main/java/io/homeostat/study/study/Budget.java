package io.homeostat.study.study;

import java.time.Duration;
import java.util.Optional;

/**
 * What a study may spend; it ends when either is used up.
 *
 * @param trials how many trials are started at most, failed ones included; 1 to 10,000
 * @param wall how long it runs at most from its start; above 0; empty for no limit
 */
public record Budget(int trials, Optional<Duration> wall) {
    private static final int MOST_TRIALS = 10_000;

    public Budget {
        if (trials < 1 || trials > MOST_TRIALS) {
            throw new IllegalArgumentException("budget.trials: " + trials + " is not in [1, " + MOST_TRIALS + "].");
        }
        if (wall.isPresent() && (wall.get().isNegative() || wall.get().isZero())) {
            throw new IllegalArgumentException("budget.wall: " + wall.get() + " is not above 0.");
        }
    }

    /** So many trials, however long they take. */
    public static Budget trials(int trials) {
        return new Budget(trials, Optional.empty());
    }
}
