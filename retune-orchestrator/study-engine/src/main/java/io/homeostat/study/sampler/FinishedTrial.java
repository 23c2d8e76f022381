package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;

/**
 * What a sampler may know of a trial that has ended.
 *
 * @param number the trial's number, from 0; tells older from newer
 * @param configuration what was tried
 * @param outcome how it ended; without a finite value it is {@link Outcome#FAILED}, whatever was said
 * @param value the objective; of a pruned trial at its last step; NaN of a failed one
 * @param step the last step reported; 0 if steps do not matter
 */
public record FinishedTrial(int number, Configuration configuration, Outcome outcome, double value, long step) {

    /** How a trial ended. */
    public enum Outcome {
        COMPLETE,
        PRUNED,
        FAILED
    }

    public FinishedTrial {
        if (!Double.isFinite(value) || outcome == Outcome.FAILED) {
            outcome = Outcome.FAILED;
            value = Double.NaN;
        }
    }

    /** A trial that came to its end. */
    public static FinishedTrial complete(int number, Configuration configuration, double value) {
        return new FinishedTrial(number, configuration, Outcome.COMPLETE, value, 0);
    }

    /** A trial that was stopped at a step. */
    public static FinishedTrial pruned(int number, Configuration configuration, double value, long step) {
        return new FinishedTrial(number, configuration, Outcome.PRUNED, value, step);
    }

    /** A trial without a value. */
    public static FinishedTrial failed(int number, Configuration configuration) {
        return new FinishedTrial(number, configuration, Outcome.FAILED, Double.NaN, 0);
    }
}
