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
 * A CSV (with a header) or ARFF file, optionally gzipped: column names, and rows of texts in order; {@code ?} and empty
 * fields are missing.
 */
public final class DataFile {
    private final Path path;
    private final List<String> columns;
    private final Set<String> nominal;
    private final boolean arff;

    private DataFile(Path path, List<String> columns, Set<String> nominal, boolean arff) {
        this.path = path;
        this.columns = columns;
        this.nominal = nominal;
        this.arff = arff;
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
        String header = in.readLine();
        if (header == null || header.isBlank()) {
            throw new IllegalArgumentException(path + " is empty; its first line must name the columns");
        }
        List<String> columns = new ArrayList<>();
        for (@Nullable String field : fields(header, ',')) {
            columns.add(field == null ? "column" + (columns.size() + 1) : field);
        }
        if (new HashSet<>(columns).size() != columns.size()) {
            throw new IllegalArgumentException(path + ": line 1 names a column twice: " + columns);
        }
        return new DataFile(path, List.copyOf(columns), Set.of(), false);
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
                return new DataFile(path, List.copyOf(columns), Set.copyOf(nominal), true);
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
                List<@Nullable String> fields = fields(line, ',');
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

    private static List<@Nullable String> fields(String line, char separator) {
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
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == separator) {
                fields.add(value(field));
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(value(field));
        return fields;
    }

    private static @Nullable String value(StringBuilder field) {
        String text = field.toString().strip();
        return text.isEmpty() || text.equals("?") ? null : text;
    }

    private static String unquoted(String name) {
        return name.length() > 1 && (name.startsWith("'") || name.startsWith("\""))
                ? name.substring(1, name.length() - 1)
                : name;
    }
}
