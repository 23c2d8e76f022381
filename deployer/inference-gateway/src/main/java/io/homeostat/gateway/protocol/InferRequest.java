package io.homeostat.gateway.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as read: every value has its datatype, all tensors have the same rows.
 *
 * @param id the caller's name for it
 * @param rows how many rows, 1 to 10,000
 * @param inputs one tensor per feature
 * @param outputs the outputs asked for; empty for all
 * @param ids what is said of each row
 */
public record InferRequest(@Nullable String id, int rows, List<Tensor> inputs, Set<String> outputs, RowIds ids) {
    /** The row's features by name; a missing value is null. */
    // null is a fact: the value is missing
    @SuppressWarnings("NullAway")
    public Map<String, Object> row(int row) {
        Map<String, Object> features = new LinkedHashMap<>(inputs.size() * 2);
        for (Tensor tensor : inputs) {
            features.put(tensor.name(), tensor.values()[row]);
        }
        return features;
    }

    /** The tensors by name, in order. */
    public Map<String, Tensor> byName() {
        Map<String, Tensor> tensors = new LinkedHashMap<>(inputs.size() * 2);
        inputs.forEach(tensor -> tensors.put(tensor.name(), tensor));
        return tensors;
    }

    /** Whether the output is to be written. */
    public boolean wants(String output) {
        return outputs.isEmpty() || outputs.contains(output);
    }
}
