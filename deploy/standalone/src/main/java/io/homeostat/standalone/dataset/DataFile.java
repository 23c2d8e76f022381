package io.homeostat.standalone.dataset;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A CSV (with a header) or ARFF file, optionally gzipped: column names, and rows of texts in order. Fields of a CSV file are
 * separated by whichever of comma, semicolon and tabulator its header has most of. Empty fields and {@code ?} are missing, in a
 * CSV file also {@code NA}, {@code NaN} and {@code null}.
 */
public final class DataFile {
    private static final Set<String> MISSING = Set.of("NA", "N/A", "NaN", "nan", "null", "NULL");

    private final Path path;
    private final List<String> columns;
    private final Set<String> nominal;
    private final boolean arff;
    private final char separator;

    private DataFile(Path path, List<String> columns, Set<String> nominal, boolean arff, char separator) {
        this.path = path;
        this.columns = columns;
        this.nominal = nominal;
        this.arff = arff;
        this.separator = separator;
    }

    /** Opens a file and reads its header. Errors: {@link IllegalArgumentException} with the path and a way out. */
    public static DataFile open(Path path) {
        if (!Files.isReadable(path)) {
            throw new IllegalArgumentException(path + " cannot be read; is the path right?");
        }
        try (BufferedReader in = reader(path)) {
            boolean arff =
                    path.getFileName().toString().toLowerCase(Locale.ROOT).contains(".arff");
            return arff ? arff(path, in) : csv(path, in);
        } catch (IOException e) {
            throw new IllegalArgumentException(path + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static DataFile csv(Path path, BufferedReader in) throws IOException {
        String header = withoutMark(in.readLine());
        if (header.isBlank()) {
            throw new IllegalArgumentException(path + " is empty; its first line must name the columns");
        }
        char separator = separator(header);
        List<String> columns = new ArrayList<>();
        for (@Nullable String field : fields(header, separator, false)) {
            columns.add(field == null ? "column" + (columns.size() + 1) : field);
        }
        if (new HashSet<>(columns).size() != columns.size()) {
            throw new IllegalArgumentException(path + ": line 1 names a column twice: " + columns);
        }
        return new DataFile(path, List.copyOf(columns), Set.of(), false, separator);
    }

    /** Without the byte order mark that some programs begin a file with. */
    private static String withoutMark(@Nullable String line) {
        String text = line == null ? "" : line;
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static char separator(String header) {
        char most = ',';
        for (char candidate : new char[] {';', '\t'}) {
            most = count(header, candidate) > count(header, most) ? candidate : most;
        }
        return most;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }

    private static DataFile arff(Path path, BufferedReader in) throws IOException {
        List<String> columns = new ArrayList<>();
        Set<String> nominal = new HashSet<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String text = line.strip();
            String lower = text.toLowerCase(Locale.ROOT);
            if (lower.startsWith("@data")) {
                if (columns.isEmpty()) {
                    throw new IllegalArgumentException(path + ": no @attribute before @data");
                }
                return new DataFile(path, List.copyOf(columns), Set.copyOf(nominal), true, ',');
            }
            if (lower.startsWith("@attribute")) {
                String rest = text.substring("@attribute".length()).strip();
                String name = attributeName(rest);
                columns.add(unquoted(name));
                String type = rest.substring(name.length()).strip().toLowerCase(Locale.ROOT);
                if (type.startsWith("{") || type.startsWith("string")) {
                    nominal.add(unquoted(name));
                }
            }
        }
        throw new IllegalArgumentException(path + ": has no @data line; is it an ARFF file?");
    }

    private static String attributeName(String rest) {
        char quote = rest.isEmpty() ? ' ' : rest.charAt(0);
        if (quote == '\'' || quote == '"') {
            return rest.substring(0, rest.indexOf(quote, 1) + 1);
        }
        return rest.split("\\s+", 2)[0];
    }

    private static BufferedReader reader(Path path) throws IOException {
        InputStream in = Files.newInputStream(path);
        if (path.toString().endsWith(".gz")) {
            in = new GZIPInputStream(in, 1 << 16);
        }
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
    }

    /** The columns in order. */
    public List<String> columns() {
        return columns;
    }

    /** Whether the file itself says that a column holds names, not numbers. */
    public boolean isNominal(String column) {
        return nominal.contains(column);
    }

    /** What a row is given to. */
    public interface RowVisitor {
        /**
         * @param row number of the row, from 0
         * @param fields its fields in column order; null where missing
         * @return whether to go on
         */
        boolean row(long row, List<@Nullable String> fields);
    }

    /** Visits the rows in order. Errors: {@link IllegalArgumentException} naming the line of a malformed row. */
    public void forEach(RowVisitor visitor) {
        try (BufferedReader in = reader(path)) {
            long lineNumber = 0;
            boolean data = false;
            long row = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lineNumber++;
                if (!data) {
                    data = !arff || line.strip().toLowerCase(Locale.ROOT).startsWith("@data");
                    continue;
                }
                if (line.isBlank() || (arff && line.startsWith("%"))) {
                    continue;
                }
                List<@Nullable String> fields = fields(line, separator, arff);
                if (fields.size() != columns.size()) {
                    throw new IllegalArgumentException(path + ": line " + lineNumber + " has " + fields.size()
                            + " fields, the header " + columns.size());
                }
                if (!visitor.row(row++, fields)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read to its end: " + e.getMessage(), e);
        }
    }

    /** A quote counts at the beginning of a field only: O'Brien is a name, and 5" a size. */
    private static List<@Nullable String> fields(String line, char separator, boolean arff) {
        List<@Nullable String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0) {
                if (c != quote) {
                    field.append(c);
                } else if (i + 1 < line.length() && line.charAt(i + 1) == quote) {
                    field.append(c);
                    i++;
                } else {
                    quote = 0;
                }
            } else if ((c == '"' || (arff && c == '\'')) && field.toString().isBlank()) {
                field.setLength(0);
                quote = c;
            } else if (c == separator) {
                fields.add(value(field, arff));
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(value(field, arff));
        return fields;
    }

    private static @Nullable String value(StringBuilder field, boolean arff) {
        String text = field.toString().strip();
        return text.isEmpty() || text.equals("?") || (!arff && MISSING.contains(text)) ? null : text;
    }

    private static String unquoted(String name) {
        return name.length() > 1 && (name.startsWith("'") || name.startsWith("\""))
                ? name.substring(1, name.length() - 1)
                : name;
    }
}
