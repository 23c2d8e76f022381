package io.homeostat.study.trial;

import io.homeostat.study.space.Configuration;
import java.util.List;
import java.util.Map;

/**
 * What may be known of a trial that has yet to end.
 *
 * @param number its number, from 0
 * @param configuration what is tried
 * @param steps what it has reported so far, in order of step
 * @param notes what the sampler that suggested it noted for itself
 */
public record RunningTrial(int number, Configuration configuration, List<StepValue> steps, Map<String, String> notes) {

    public RunningTrial {
        steps = List.copyOf(steps);
        notes = Map.copyOf(notes);
    }

    /** A trial that has not reported yet. */
    public static RunningTrial of(int number, Configuration configuration) {
        return new RunningTrial(number, configuration, List.of(), Map.of());
    }
}
