package io.homeostat.study.study;

import io.homeostat.study.trial.StepValue;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps a trial's reports within bounds: when there are too many, only steps that are a multiple of 2, then 4, 8, … stay,
 * besides the newest. All trials of a study are thinned alike, so their steps can still be compared.
 */
final class Steps {
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
        for (long stride = 2; all.size() > Trial.MOST_STEPS && stride > 0; stride *= 2) {
            long every = stride;
            all.removeIf(value -> value != newest && value.step() % every != 0);
        }
        return all;
    }
}
