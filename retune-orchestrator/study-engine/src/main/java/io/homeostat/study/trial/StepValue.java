package io.homeostat.study.trial;

/**
 * What a trial reported at a step.
 *
 * @param step the trainer's own count, such as boosting rounds, epochs or folds; at least 0
 * @param value the objective at this step, finite
 */
public record StepValue(long step, double value) {

    public StepValue {
        if (step < 0) {
            throw new IllegalArgumentException("step: " + step + " is below 0.");
        }
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("value: " + value + " at step " + step + " is not a finite number.");
        }
    }
}
