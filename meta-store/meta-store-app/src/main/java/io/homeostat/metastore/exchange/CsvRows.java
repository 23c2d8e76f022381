package io.homeostat.metastore.exchange;

import io.homeostat.backbone.serde.InvalidValueException;
import java.util.ArrayList;
import java.util.List;

/** CSV as RFC 4180 has it: commas, quotes around what has commas, quotes or ends of lines, quotes doubled within. */
final class CsvRows {
    private final String text;
    private int at;
    private int line = 1;

    /**
     * A row.
     *
     * @param line in which it begins, from 1
     * @param cells without their quotes
     */
    record Row(int line, List<String> cells) {}

    private CsvRows(String text) {
        this.text = text;
    }

    /** All rows but empty ones. */
    static List<Row> of(String text) {
        CsvRows csv = new CsvRows(text.startsWith("\uFEFF") ? text.substring(1) : text);
        List<Row> rows = new ArrayList<>();
        while (csv.at < csv.text.length()) {
            Row row = csv.row();
            if (!row.cells.equals(List.of(""))) {
                rows.add(row);
            }
        }
        return rows;
    }

    private Row row() {
        int start = line;
        List<String> cells = new ArrayList<>();
        do {
            cells.add(at < text.length() && text.charAt(at) == '"' ? quoted() : plain());
        } while (next(','));
        next('\r');
        if (at < text.length() && !next('\n')) {
            throw new InvalidValueException(
                    "line " + line, "'" + text.charAt(at) + "' follows the closing quote of a cell");
        }
        line++;
        return new Row(start, cells);
    }

    private boolean next(char wanted) {
        boolean there = at < text.length() && text.charAt(at) == wanted;
        at += there ? 1 : 0;
        return there;
    }

    private String plain() {
        int from = at;
        while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    private String quoted() {
        int start = line;
        StringBuilder cell = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"' && !next('"')) {
                return cell.toString();
            }
            line += c == '\n' ? 1 : 0;
            cell.append(c);
        }
        throw new InvalidValueException("line " + start, "the quote of a cell is not closed");
    }

    /** A cell in quotes, where it needs them. */
    static String cell(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
