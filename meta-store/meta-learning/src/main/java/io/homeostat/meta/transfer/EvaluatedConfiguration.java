package io.homeostat.meta.transfer;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A configuration and what it reached.
 *
 * @param parameters name → number, text or boolean
 * @param value of the task's objective; may be NaN where the trial failed
 */
public record EvaluatedConfiguration(Map<String, Object> parameters, double value) {
    public EvaluatedConfiguration {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
}
