package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a window that are not counted in its features yet, row after row. Where a thousand models have windows open, none
 * is in the processor's cache when its next row comes: a row that is kept as a row touches a few lines of it, one that goes
 * to each feature at once three for each of them. And what a window has gained since it was kept is a piece of this.
 */
final class WaitingRows {
    /** The most rows: enough for a block of each feature to be counted in one go. */
    static final int MOST = 64;

    private static final int FIRST = 8;
    private static final int UNKNOWN = -1;
    private static final int HEAD_BYTES = 3;
    private static final int USUAL_TEXT_BYTES = 8;

    private final int numbersPerRow;
    private final int textsPerRow;
    private double[] numbers = {}; // NaN where one is missing
    private @Nullable String[] texts = {};
    private int rows;
    private int written = UNKNOWN; // of these rows

    WaitingRows(int numbersPerRow, int textsPerRow) {
        this.numbersPerRow = numbersPerRow;
        this.textsPerRow = textsPerRow;
    }

    int rows() {
        return rows;
    }

    boolean isFull() {
        return rows == MOST;
    }

    /** Makes room for a row, where {@link #isFull} is not. */
    void makeRoom() {
        if ((rows + 1) * numbersPerRow > numbers.length) {
            int room = Math.min(MOST, Math.max(FIRST, rows + rows / 2)); // a thousand windows have many together
            numbers = Arrays.copyOf(numbers, room * numbersPerRow);
            texts = Arrays.copyOf(texts, room * textsPerRow);
        }
    }

    /** Sets a number of the row that is being added; what is not finite is missing. */
    void number(int column, double value) {
        numbers[rows * numbersPerRow + column] = value;
    }

    /** Sets a text of the row that is being added. */
    void text(int column, @Nullable String value) {
        texts[rows * textsPerRow + column] = value == null ? null : CategoricalProfile.cut(value);
    }

    /** The row is complete. */
    void added() {
        rows++;
    }

    /** Copies a column of numbers to the beginning of an array. */
    void numbers(int column, double[] target) {
        for (int row = 0, at = column; row < rows; row++, at += numbersPerRow) {
            target[row] = numbers[at];
        }
    }

    /** A column of texts. */
    @Nullable
    String[] texts(int column) {
        @Nullable String[] named = new @Nullable String[rows];
        for (int row = 0; row < rows; row++) {
            named[row] = texts[row * textsPerRow + column];
        }
        return named;
    }

    /** Forgets the rows, which have been counted. */
    void clear() {
        Arrays.fill(texts, 0, rows * textsPerRow, null);
        written = written == rows ? 0 : UNKNOWN;
        rows = 0;
    }

    /** What was told so far has been kept. */
    void markWritten() {
        written = rows;
    }

    /** What the window has gained besides, which no rows here tell. */
    void gainedMore() {
        written = UNKNOWN;
    }

    /** The rows since {@link #markWritten}; empty if some of them are here no more. */
    Optional<byte[]> change(int tag, int version) {
        return written == UNKNOWN ? Optional.empty() : Optional.of(from(written, tag, version));
    }

    /** All rows that are here. */
    byte[] all(int tag, int version) {
        return from(0, tag, version);
    }

    private byte[] from(int first, int tag, int version) {
        int room = HEAD_BYTES + (rows - first) * (numbersPerRow * Double.BYTES + textsPerRow * USUAL_TEXT_BYTES);
        StateWriter out = new StateWriter(tag, version, room).count(rows - first);
        for (int i = first * numbersPerRow; i < rows * numbersPerRow; i++) {
            out.real(numbers[i]);
        }
        for (int i = first * textsPerRow; i < rows * textsPerRow; i++) {
            String text = texts[i];
            out.flag(text != null);
            if (text != null) {
                out.text(text);
            }
        }
        return out.toBytes();
    }

    /**
     * Adds the rows of a {@link #change} behind those that are here.
     *
     * @param room makes room for one more
     * @return how many they were
     */
    int read(StateReader in, Runnable room) {
        int more = in.sizeIn(0, MOST);
        double[] values = new double[more * numbersPerRow];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.real();
        }
        for (int row = 0; row < more; row++) {
            room.run();
            System.arraycopy(values, row * numbersPerRow, numbers, rows * numbersPerRow, numbersPerRow);
            for (int column = 0; column < textsPerRow; column++) {
                text(column, in.flag() ? in.text() : null);
            }
            added();
        }
        return more;
    }
}
