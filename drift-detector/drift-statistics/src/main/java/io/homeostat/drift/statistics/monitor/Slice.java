package io.homeostat.drift.statistics.monitor;

/**
 * One value of a sliced feature.
 *
 * @param column the feature
 * @param value its value or range; {@value #OTHER} for all without a series of their own, {@value #MISSING} where there is
 *     none. A category of one of these names is counted with them.
 */
public record Slice(String column, String value) implements Comparable<Slice> {
    /** Values without a series of their own. */
    public static final String OTHER = "other";

    /** No value. */
    public static final String MISSING = "missing";

    @Override
    public int compareTo(Slice that) {
        int byColumn = column.compareTo(that.column);
        return byColumn != 0 ? byColumn : value.compareTo(that.value);
    }

    @Override
    public String toString() {
        return column + "=" + value;
    }
}
