package io.homeostat.study.pruner;

import io.homeostat.study.trial.StepValue;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * The steps at which trials are compared: {@code minStep}, {@code minStep}·{@code factor}, {@code minStep}·{@code
 * factor}², …
 *
 * @param minStep the first rung; at least 1
 * @param factor how much further each rung is than the one before; at least 2
 */
public record Rungs(long minStep, int factor) {
    /** A note of a trial that goes on from where another one was stopped: the step it goes on from. */
    public static final String FROM_STEP = "fromStep";

    private static final double SHARE_OF_FULL = 25;

    public Rungs {
        if (minStep < 1 || factor < 2) {
            throw new IllegalArgumentException(
                    "rungs: minStep " + minStep + " is below 1, or factor " + factor + " below 2.");
        }
    }

    /** Rungs whose first is a 25th of the full step, rounded, and at least 1; 1 if that is not known. */
    public static Rungs of(OptionalLong minStep, OptionalLong fullStep, int factor) {
        long share = Math.round(fullStep.orElse(1) / SHARE_OF_FULL);
        return new Rungs(minStep.orElse(Math.max(1, share)), factor);
    }

    /** The same without the first {@code skipped} rungs. */
    Rungs without(int skipped) {
        return new Rungs(step(skipped), factor);
    }

    /** The step of a rung, counted from 0; {@code Long.MAX_VALUE} if it is beyond that. */
    public long step(int rung) {
        long step = minStep;
        for (int i = 0; i < rung; i++) {
            if (step > Long.MAX_VALUE / factor) {
                return Long.MAX_VALUE;
            }
            step *= factor;
        }
        return step;
    }

    /** The last rung that is not beyond a step; -1 if the first is. */
    public int last(long step) {
        int rung = -1;
        for (long next = minStep; next <= step; next *= factor) {
            rung++;
            if (next > Long.MAX_VALUE / factor) {
                break;
            }
        }
        return rung;
    }

    /**
     * What a trial reported first on a rung: at its step or after it, but before the next rung.
     *
     * @param steps in order of step
     * @param notes the trial's notes; on rungs it left behind in an earlier trial it has no value
     */
    public OptionalDouble value(List<StepValue> steps, Map<String, String> notes, int rung) {
        long from = step(rung);
        if (from <= fromStep(notes)) {
            return OptionalDouble.empty();
        }
        int place = Curves.upTo(steps, from - 1);
        boolean there = place < steps.size() && last(steps.get(place).step()) == rung;
        return there ? OptionalDouble.of(steps.get(place).value()) : OptionalDouble.empty();
    }

    private static long fromStep(Map<String, String> notes) {
        String written = notes.get(FROM_STEP);
        return written == null ? 0 : Long.parseLong(written);
    }
}
