package io.homeostat.meta.transfer;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A configuration worth trying first.
 *
 * @param parameters name → value, by name in order; only those that the new space can take
 * @param sourceTask the task that it was found in
 * @param distance of that task's data, in spreads; null where the tasks share no meta-feature
 * @param reason a sentence that says why it is here
 */
public record WarmConfiguration(
        Map<String, Object> parameters,
        String sourceTask,
        @Nullable Double distance,
        String reason) {
    public WarmConfiguration {
        SortedMap<String, Object> sorted = new TreeMap<>(parameters);
        parameters = Collections.unmodifiableSortedMap(sorted);
    }
}
