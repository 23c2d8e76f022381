package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

    private static final int BLOCK =
            16; // rows that get their room together, and keep it: nothing is copied as it grows
    private static final int UNKNOWN = -1;
    private static final int HEAD_BYTES = 3;
    private static final int USUAL_TEXT_BYTES = 8;

    private final int numbersPerRow;
    private final int textsPerRow;
    private final List<Block> blocks = new ArrayList<>(MOST / BLOCK);
    private double[] numbers = Block.NONE.numbers; // of the block that is being filled
    private @Nullable String[] texts = Block.NONE.texts;
    private int row; // in that block
    private int rows;
    private int written = UNKNOWN; // of these rows

    /** Some rows, one after another; NaN where a number is missing. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Block(double[] numbers, @Nullable String[] texts) {
        private static final Block NONE = new Block(new double[0], new String[0]);
    }

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
        row = rows % BLOCK;
        if (row == 0) {
            fill(rows / BLOCK);
        }
    }

    private void fill(int block) {
        if (block == blocks.size()) {
            blocks.add(new Block(new double[BLOCK * numbersPerRow], new String[BLOCK * textsPerRow]));
        }
        numbers = blocks.get(block).numbers;
        texts = blocks.get(block).texts;
    }

    /** Sets a number of the row that is being added; what is not finite is missing. */
    void number(int column, double value) {
        numbers[row * numbersPerRow + column] = value;
    }

    /** Sets a text of the row that is being added. */
    void text(int column, @Nullable String value) {
        texts[row * textsPerRow + column] = value == null ? null : CategoricalProfile.cut(value);
    }

    /** The row is complete. */
    void added() {
        rows++;
    }

    /** Copies a column of numbers to the beginning of an array. */
    void numbers(int column, double[] target) {
        for (int first = 0; first < rows; first += BLOCK) {
            double[] numbers = blocks.get(first / BLOCK).numbers;
            int end = Math.min(rows, first + BLOCK);
            for (int i = first, at = column; i < end; i++, at += numbersPerRow) {
                target[i] = numbers[at];
            }
        }
    }

    /** A column of texts. */
    @Nullable
    String[] texts(int column) {
        @Nullable String[] named = new @Nullable String[rows];
        for (int i = 0; i < rows; i++) {
            named[i] = blocks.get(i / BLOCK).texts[i % BLOCK * textsPerRow + column];
        }
        return named;
    }

    /** Forgets the rows, which have been counted. */
    void clear() {
        blocks.forEach(block -> Arrays.fill(block.texts, null));
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
        for (int i = first; i < rows; i++) {
            double[] numbers = blocks.get(i / BLOCK).numbers;
            int at = i % BLOCK * numbersPerRow;
            for (int end = at + numbersPerRow; at < end; at++) {
                out.real(numbers[at]);
            }
        }
        for (int i = first; i < rows; i++) {
            writeTexts(out, i);
        }
        return out.toBytes();
    }

    private void writeTexts(StateWriter out, int which) {
        @Nullable String[] texts = blocks.get(which / BLOCK).texts;
        int at = which % BLOCK * textsPerRow;
        for (int end = at + textsPerRow; at < end; at++) {
            String text = texts[at];
            out.flag(text != null);
            if (text != null) {
                out.text(text);
            }
        }
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
        for (int i = 0; i < more; i++) {
            room.run();
            System.arraycopy(values, i * numbersPerRow, numbers, row * numbersPerRow, numbersPerRow);
            for (int column = 0; column < textsPerRow; column++) {
                text(column, in.flag() ? in.text() : null);
            }
            added();
        }
        return more;
    }
}
