package io.homeostat.study.study;

import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a trial's reports within bounds: when there are too many, 32, then 16, 8, … evenly spaced steps of each octave (from a
 * power of two to the next) stay, besides the newest. So a step that is looked for is missed by the same small share of it
 * wherever it is, and early ones, on which long trials are compared with those that were stopped there, stay as they are. All
 * trials of a study are thinned alike, so their steps can still be compared.
 */
final class Steps {
    private static final int FINEST = 5; // log2 of the steps of an octave

    private Steps() {}

    /** A whole list, as if its elements had been added one after the other. */
    static List<StepValue> thinned(List<StepValue> steps) {
        List<StepValue> kept = List.of();
        for (StepValue each : steps) {
            kept = add(kept, each);
        }
        return kept;
    }

    static List<StepValue> add(List<StepValue> steps, StepValue newest) {
        List<StepValue> all = new ArrayList<>(steps);
        all.add(newest);
        for (int fine = FINEST; all.size() > Trial.MOST_STEPS && fine >= 0; fine--) {
            int kept = fine;
            all.removeIf(value -> value != newest && value.step() % gap(value.step(), kept) != 0);
        }
        return all;
    }

    /** Between the steps that stay of an octave. */
    private static long gap(long step, int fine) {
        int octave = Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, step));
        return 1L << Math.max(0, octave - fine);
    }
}
