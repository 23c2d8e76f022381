package io.homeostat.study.sampler;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a study may still spend.
 *
 * @param trials trials that may still be started, the one in question included; empty if there is no limit
 * @param foreseen trials that will be started by what those so far have used of the time, if all goes on like this; at least
 *     1 and at most {@code trials}; empty if there is no limit
 * @param wall time until it ends; empty if there is no limit
 * @param cpu processor time until it ends, as far as is known; empty if there is no limit
 * @param gpu time of graphics processors until it ends, as far as is known; empty if there is no limit
 * @param fullStep the last step of a trial that is not stopped early; empty if steps do not matter
 */
public record BudgetLeft(
        OptionalInt trials,
        OptionalInt foreseen,
        Optional<Duration> wall,
        Optional<Duration> cpu,
        Optional<Duration> gpu,
        OptionalLong fullStep) {

    /** No limit. */
    public static final BudgetLeft UNLIMITED = new BudgetLeft(
            OptionalInt.empty(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty());

    /** So many trials, however long they take. */
    public static BudgetLeft trials(int trials) {
        return new BudgetLeft(
                OptionalInt.of(trials),
                OptionalInt.of(trials),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalLong.empty());
    }
}
