package io.homeostat.study.study;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a study may spend; it ends when one of them is used up.
 *
 * @param trials how many trials are started at most, failed ones included; 1 to 1,000,000
 * @param wall how long it runs at most from its start; above 0, at most 36,500 days, as the next two; empty for no limit
 * @param cpu processor time of all trials; above 0; empty for no limit. Trials that run when it is used up may end
 * @param gpu time of graphics processors of all trials; above 0; empty for no limit. Likewise
 * @param fullStep the last step of a trial that is not stopped early, such as its epochs or folds; at least 1; empty if
 *     trials do not report steps or end at different ones. Pruners and samplers that trade steps for trials need it
 */
public record Budget(
        int trials, Optional<Duration> wall, Optional<Duration> cpu, Optional<Duration> gpu, OptionalLong fullStep) {
    private static final int MOST_TRIALS = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    public Budget {
        if (trials < 1 || trials > MOST_TRIALS) {
            throw new IllegalArgumentException("budget.trials: " + trials + " is not in [1, " + MOST_TRIALS + "].");
        }
        bounded("wall", wall);
        bounded("cpu", cpu);
        bounded("gpu", gpu);
        if (fullStep.isPresent() && fullStep.getAsLong() < 1) {
            throw new IllegalArgumentException("budget.fullStep: " + fullStep.getAsLong() + " is below 1.");
        }
    }

    private static void bounded(String name, Optional<Duration> limit) {
        if (limit.isPresent() && limit.get().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("budget." + name + ": " + limit.get() + " is longer than "
                    + LONGEST.toDays() + " days. Leave it out for no limit.");
        }
        if (limit.isPresent() && (limit.get().isNegative() || limit.get().isZero())) {
            throw new IllegalArgumentException("budget." + name + ": " + limit.get() + " is not above 0.");
        }
    }

    /** So many trials, however long they take. */
    public static Budget trials(int trials) {
        return new Budget(trials, Optional.empty(), Optional.empty(), Optional.empty(), OptionalLong.empty());
    }

    /** The same with another number of trials. */
    public Budget withTrials(int most) {
        return new Budget(most, wall, cpu, gpu, fullStep);
    }

    /** The same, and no longer than this from the start. */
    public Budget withWall(Duration limit) {
        return new Budget(trials, Optional.of(limit), cpu, gpu, fullStep);
    }

    /** The same, and no more processor time than this. */
    public Budget withCpu(Duration limit) {
        return new Budget(trials, wall, Optional.of(limit), gpu, fullStep);
    }

    /** The same, and no more time of graphics processors than this. */
    public Budget withGpu(Duration limit) {
        return new Budget(trials, wall, cpu, Optional.of(limit), fullStep);
    }

    /** The same for trials that end at this step. */
    public Budget withFullStep(long step) {
        return new Budget(trials, wall, cpu, gpu, OptionalLong.of(step));
    }
}
