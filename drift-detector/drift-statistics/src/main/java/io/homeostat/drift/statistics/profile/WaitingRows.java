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
            int room = Math.max(FIRST, 2 * rows);
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

    /** A text of a row. */
    @Nullable
    String text(int row, int column) {
        return texts[row * textsPerRow + column];
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
        if (written == UNKNOWN) {
            return Optional.empty();
        }
        int room = HEAD_BYTES + (rows - written) * (numbersPerRow * Double.BYTES + textsPerRow * USUAL_TEXT_BYTES);
        StateWriter out = new StateWriter(tag, version, room).count(rows - written);
        for (int i = written * numbersPerRow; i < rows * numbersPerRow; i++) {
            out.real(numbers[i]);
        }
        for (int i = written * textsPerRow; i < rows * textsPerRow; i++) {
            String text = texts[i];
            out.flag(text != null);
            if (text != null) {
                out.text(text);
            }
        }
        return Optional.of(out.toBytes());
    }

    /** Adds the rows of a {@link #change}, for which there is room after {@link #clear}. */
    void read(StateReader in) {
        int more = in.sizeIn(0, MOST);
        for (int row = 0; row < more; row++) {
            rows = row;
            makeRoom();
            for (int column = 0; column < numbersPerRow; column++) {
                number(column, in.real());
            }
        }
        for (int i = 0; i < more * textsPerRow; i++) {
            texts[i] = in.flag() ? in.text() : null;
        }
        rows = more;
    }
}
