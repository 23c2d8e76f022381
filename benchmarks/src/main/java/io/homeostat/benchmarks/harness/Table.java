package io.homeostat.benchmarks.harness;

import java.util.ArrayList;
import java.util.List;

/** A table as people read it: the first column to the left, the others to the right. */
public final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    /** A table with these column heads. */
    public Table(String... heads) {
        rows.add(List.of(heads));
    }

    /** Adds a row; as many cells as heads. */
    public Table row(Object... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + rows.get(0));
        }
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
        return this;
    }

    /** The table as text, heads underlined. */
    @Override
    public String toString() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            line(out, rows.get(r), widths);
            if (r == 0) {
                line(out, underlines(widths), widths);
            }
        }
        return out.toString();
    }

    private static List<String> underlines(int[] widths) {
        List<String> lines = new ArrayList<>();
        for (int width : widths) {
            lines.add("-".repeat(width));
        }
        return lines;
    }

    private static void line(StringBuilder out, List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? row.get(i) + pad : "  " + pad + row.get(i));
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
