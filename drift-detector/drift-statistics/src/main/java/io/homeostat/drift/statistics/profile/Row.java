package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A row of a {@link RowSample}: its numbers and texts by the names of the features, the score last of the numbers and the
 * prediction last of the texts.
 */
public final class Row implements Comparable<Row> {
    private final long priority;
    private final long order;
    private final double[] numbers;
    private final @Nullable String[] texts;

    /**
     * A row.
     *
     * @param priority its random rank, as an unsigned number; the lowest are kept
     * @param order its time in milliseconds, or its running number
     */
    Row(long priority, long order, double[] numbers, @Nullable String[] texts) {
        this.priority = priority;
        this.order = order;
        this.numbers = numbers;
        this.texts = texts;
    }

    long priority() {
        return priority;
    }

    /** Its time in milliseconds since the epoch; of a row without a time, the how manieth it was. */
    public long order() {
        return order;
    }

    /** The number in a place; NaN where it is missing. */
    public double number(int place) {
        return numbers[place];
    }

    /** The text in a place; null where it is missing. */
    public @Nullable String text(int place) {
        return texts[place];
    }

    /** By priority; rows of equal priority by their values, so that the order never depends on who came first. */
    @Override
    public int compareTo(Row other) {
        int byPriority = Long.compareUnsigned(priority, other.priority);
        return byPriority != 0 ? byPriority : Arrays.compare(bytes(), other.bytes());
    }

    /** By time or running number. */
    static int inOrder(Row one, Row other) {
        int byOrder = Long.compare(one.order, other.order);
        return byOrder != 0 ? byOrder : one.compareTo(other);
    }

    private byte[] bytes() {
        StateWriter out = new StateWriter(0, 0);
        write(out);
        return out.toBytes();
    }

    void write(StateWriter out) {
        out.fixed(priority).fixed(order);
        for (double number : numbers) {
            out.real(number);
        }
        for (String text : texts) {
            out.flag(text != null);
            if (text != null) {
                out.text(text);
            }
        }
    }

    static Row read(StateReader in, int numbers, int texts) {
        long priority = in.fixed();
        long order = in.fixed();
        double[] values = new double[numbers];
        for (int i = 0; i < numbers; i++) {
            values[i] = in.real();
        }
        @Nullable String[] names = new @Nullable String[texts];
        for (int i = 0; i < texts; i++) {
            names[i] = in.flag() ? in.text() : null;
        }
        return new Row(priority, order, values, names);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row that && priority == that.priority && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(priority);
    }
}
