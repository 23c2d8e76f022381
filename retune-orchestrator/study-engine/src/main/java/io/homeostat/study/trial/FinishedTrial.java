package io.homeostat.study.trial;

import io.homeostat.study.space.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What may be known of a trial that has ended. Without finite values it is {@link Outcome#FAILED}, whatever was said.
 */
public final class FinishedTrial {

    /** How a trial ended. */
    public enum Outcome {
        COMPLETE,
        PRUNED,
        FAILED
    }

    private static final double[] NONE = {};

    private final int number;
    private final Configuration configuration;
    private final Outcome outcome;
    private final double[] values;
    private final double[] constraints;
    private final List<StepValue> steps;
    private final Map<String, String> notes;

    private FinishedTrial(
            int number,
            Configuration configuration,
            Outcome outcome,
            double[] values,
            double[] constraints,
            List<StepValue> steps,
            Map<String, String> notes) {
        boolean usable = outcome != Outcome.FAILED && values.length > 0 && finite(values) && finite(constraints);
        this.number = number;
        this.configuration = configuration;
        this.outcome = usable ? outcome : Outcome.FAILED;
        this.values = usable ? values : NONE;
        this.constraints = usable ? constraints : NONE;
        this.steps = List.copyOf(steps);
        this.notes = Map.copyOf(notes);
    }

    private static boolean finite(double[] numbers) {
        return Arrays.stream(numbers).allMatch(Double::isFinite);
    }

    /**
     * A trial with all there is of it.
     *
     * @param values a value for each objective; of a pruned trial the first only
     * @param constraints a value for each constraint, kept if at most 0
     * @param steps what it reported on its way, in order of step
     * @param notes what the sampler that suggested it noted for itself
     */
    public static FinishedTrial of(
            int number,
            Configuration configuration,
            Outcome outcome,
            double[] values,
            double[] constraints,
            List<StepValue> steps,
            Map<String, String> notes) {
        return new FinishedTrial(number, configuration, outcome, values.clone(), constraints.clone(), steps, notes);
    }

    /** A trial that came to its end, with a value for each objective. */
    public static FinishedTrial complete(int number, Configuration configuration, double... values) {
        return new FinishedTrial(number, configuration, Outcome.COMPLETE, values.clone(), NONE, List.of(), Map.of());
    }

    /** A trial that was stopped at a step, with its value there. */
    public static FinishedTrial pruned(int number, Configuration configuration, double value, long step) {
        List<StepValue> steps = Double.isFinite(value) ? List.of(new StepValue(step, value)) : List.of();
        return new FinishedTrial(number, configuration, Outcome.PRUNED, new double[] {value}, NONE, steps, Map.of());
    }

    /** A trial without a value. */
    public static FinishedTrial failed(int number, Configuration configuration) {
        return new FinishedTrial(number, configuration, Outcome.FAILED, NONE, NONE, List.of(), Map.of());
    }

    /** The same trial with constraint values; each is kept if at most 0. */
    public FinishedTrial withConstraints(double... newConstraints) {
        return new FinishedTrial(number, configuration, outcome, values, newConstraints.clone(), steps, notes);
    }

    /** The same trial with what it reported on its way, in order of step. */
    public FinishedTrial withSteps(List<StepValue> newSteps) {
        return new FinishedTrial(number, configuration, outcome, values, constraints, newSteps, notes);
    }

    /** The same trial with the notes of the sampler that suggested it. */
    public FinishedTrial withNotes(Map<String, String> newNotes) {
        return new FinishedTrial(number, configuration, outcome, values, constraints, steps, newNotes);
    }

    /** Its number, from 0; tells older from newer. */
    public int number() {
        return number;
    }

    /** What was tried. */
    public Configuration configuration() {
        return configuration;
    }

    /** How it ended. */
    public Outcome outcome() {
        return outcome;
    }

    /** Whether it came to its end with a value. */
    public boolean complete() {
        return outcome == Outcome.COMPLETE;
    }

    /** Whether it ended without a value. */
    public boolean failed() {
        return outcome == Outcome.FAILED;
    }

    /** The first objective; of a pruned trial at its last step; NaN of a failed one. */
    public double value() {
        return values.length == 0 ? Double.NaN : values[0];
    }

    /** One objective; NaN if there is none. A pruned trial has the first only. */
    public double value(int objective) {
        return objective < values.length ? values[objective] : Double.NaN;
    }

    /** All objectives, finite; of a pruned trial the first only; none of a failed one. */
    public double[] values() {
        return values.clone();
    }

    /** The constraints, finite, each kept if at most 0; none of a failed trial. */
    public double[] constraints() {
        return constraints.clone();
    }

    /** By how much the constraints are broken in all; 0 if they are kept. */
    public double violation() {
        double sum = 0;
        for (double constraint : constraints) {
            sum += Math.max(0, constraint);
        }
        return sum;
    }

    /** Whether all constraints are kept. */
    public boolean feasible() {
        return violation() == 0;
    }

    /** What it reported on its way, in order of step. */
    public List<StepValue> steps() {
        return steps;
    }

    /** The last step reported; 0 if there is none. */
    public long step() {
        return steps.isEmpty() ? 0 : steps.get(steps.size() - 1).step();
    }

    /** What the sampler that suggested it noted for itself. */
    public Map<String, String> notes() {
        return notes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FinishedTrial trial
                && number == trial.number
                && outcome == trial.outcome
                && configuration.equals(trial.configuration)
                && Arrays.equals(values, trial.values)
                && Arrays.equals(constraints, trial.constraints)
                && steps.equals(trial.steps)
                && notes.equals(trial.notes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(number, configuration, outcome);
    }

    @Override
    public String toString() {
        return "trial " + number + " " + outcome + " " + Arrays.toString(values) + " at " + configuration;
    }
}
