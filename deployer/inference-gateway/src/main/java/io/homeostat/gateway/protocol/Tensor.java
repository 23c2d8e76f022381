package io.homeostat.gateway.protocol;

import org.jspecify.annotations.Nullable;

/**
 * One feature of every row.
 *
 * @param name the feature
 * @param datatype of its values as sent
 * @param index its place in the request
 * @param values one per row: a double, a text, or null for a missing value
 */
// an array because a request has one tensor per feature, and most have one row
@SuppressWarnings("ArrayRecordComponent")
public record Tensor(
        String name, Datatype datatype, int index, @Nullable Object[] values) {
    /** Where it stands in the request, for errors. */
    public String path() {
        return path(index, name);
    }

    static String path(int index, String name) {
        return "inputs[" + index + "] '" + name + "'";
    }
}
