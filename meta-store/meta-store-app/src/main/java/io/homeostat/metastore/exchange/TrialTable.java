package io.homeostat.metastore.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.MetaRecord.Evaluation;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.exchange.CsvRows.Row;
import java.io.IOException;
import java.io.Writer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table with a line per trial. Its columns, in any order:
 *
 * <ul>
 *   <li>{@code task, model, trainer, metric, goal, at}: of the task, the same in all its lines; needed
 *   <li>{@code space} (JSON), {@code started, cpuMillis, liveGain, liveOutcome}, {@code feature.NAME}: of the task; may be left out
 *   <li>{@code value}, needed, and {@code parameter.NAME}, at least one: of the trial, see {@link Cell}
 *   <li>{@code trial}, its number, may be left out
 *   <li>{@code best}: {@code true} in the line of the winner; without one the best value wins
 * </ul>
 */
final class TrialTable {
    private static final String PARAMETER = "parameter.";
    private static final String FEATURE = "feature.";
    private static final List<String> NEEDED = List.of("task", "model", "trainer", "metric", "goal", "at", "value");
    private static final List<String> OPTIONAL =
            List.of("space", "started", "cpuMillis", "liveGain", "liveOutcome", "best", "trial");

    /* Doubles that are no numbers; a table of ours may hold them, and what they spoil is not learned from. */
    private static final List<String> NOT_FINITE = List.of("NaN", "Infinity", "-Infinity");
    private static final List<String> OF_TRIAL = List.of("value", "best", "trial");

    private TrialTable() {}

    /** A line by the names of its columns. */
    private record Line(int number, Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "");
        }

        String needed(String column) {
            return Check.text(column, get(column));
        }

        @Nullable
        Double number(String column) {
            if (NOT_FINITE.contains(get(column))) {
                return Double.valueOf(get(column));
            }
            Object value = Cell.value(get(column));
            Check.that(value == null || value instanceof Number, column, "'" + get(column) + "' is not a number");
            return value instanceof Number number ? (Double) number.doubleValue() : null;
        }

        /** The cells of columns with a prefix, by the rest of their names. */
        Map<String, String> under(String prefix) {
            Map<String, String> under = new TreeMap<>();
            cells.forEach((column, cell) -> {
                if (column.startsWith(prefix) && !cell.isEmpty()) {
                    under.put(column.substring(prefix.length()), cell);
                }
            });
            return under;
        }
    }

    static Imported read(String text, Origin origin) {
        List<Row> rows = CsvRows.of(text);
        if (rows.isEmpty()) {
            return new Lines(origin.now()).imported();
        }
        List<String> heads = rows.get(0).cells();
        Lines.at(rows.get(0).line(), () -> checked(heads));
        Map<String, List<Line>> tasks = new LinkedHashMap<>();
        for (Row row : rows.subList(1, rows.size())) {
            Line line = Lines.at(row.line(), () -> line(heads, row));
            tasks.computeIfAbsent(line.get("task"), task -> new ArrayList<>()).add(line);
        }
        Lines read = new Lines(origin.now());
        tasks.values().forEach(lines -> read.add(lines.get(0).number, () -> record(lines)));
        return read.imported();
    }

    private static List<String> checked(List<String> heads) {
        for (String needed : NEEDED) {
            Check.that(heads.contains(needed), needed, "there is no column of this name");
        }
        Check.that(
                heads.stream().anyMatch(head -> head.startsWith(PARAMETER)),
                PARAMETER,
                "no column begins so; name at least one, like parameter.num_leaves");
        for (String head : heads) {
            boolean known = NEEDED.contains(head)
                    || OPTIONAL.contains(head)
                    || head.startsWith(PARAMETER)
                    || head.startsWith(FEATURE);
            List<String> all = new ArrayList<>(NEEDED);
            all.addAll(OPTIONAL);
            Check.that(known, "", "unknown column '" + head + "'" + Check.advice(head, all));
        }
        Check.that(new TreeSet<>(heads).size() == heads.size(), "", "a column stands twice");
        return heads;
    }

    private static Line line(List<String> heads, Row row) {
        Check.that(
                row.cells().size() == heads.size(),
                "",
                row.cells().size() + " cells stand below " + heads.size() + " columns: "
                        + String.join(",", row.cells()));
        Map<String, String> cells = new LinkedHashMap<>();
        IntStream.range(0, heads.size())
                .forEach(i -> cells.put(heads.get(i), row.cells().get(i)));
        Line line = new Line(row.line(), cells);
        NEEDED.forEach(line::needed);
        return line;
    }

    @SuppressWarnings("NullAway") // liveOutcome may be null; the check does not see that of a nested type
    private static MetaRecord record(List<Line> lines) {
        Line first = lines.get(0);
        List<Evaluation> trials = new ArrayList<>();
        Evaluation winner = null;
        Evaluation best = null;
        boolean more = "maximize".equals(first.get("goal"));
        for (Line line : lines) {
            same(first, line);
            Evaluation trial = Lines.at(line.number, () -> trial(line));
            trials.add(trial);
            winner = line.get("best").equals("true") ? trial : winner;
            boolean better = best == null || (more ? trial.value() > best.value() : trial.value() < best.value());
            best = better ? trial : best;
        }
        Evaluation chosen = Objects.requireNonNull(winner == null ? best : winner);
        Map<String, Double> features = new TreeMap<>();
        first.under(FEATURE).keySet().forEach(name -> features.put(name, first.number(FEATURE + name)));
        return new MetaRecord(
                first.get("task"),
                first.get("model"),
                first.get("trainer"),
                first.get("metric"),
                first.get("goal"),
                time(first.get("at")),
                features,
                space(first.get("space")),
                chosen.parameters(),
                chosen.value(),
                trials,
                whole(first, "started").map(Long::intValue).orElse(null),
                whole(first, "cpuMillis").orElse(null),
                first.number("liveGain"),
                phase(first.get("liveOutcome")));
    }

    /* What is of the task is the same in all its lines. */
    private static void same(Line first, Line line) {
        line.cells.forEach((column, cell) -> {
            boolean ofTrial = OF_TRIAL.contains(column) || column.startsWith(PARAMETER);
            if (!ofTrial && !cell.equals(first.get(column))) {
                throw new InvalidValueException(
                        "line " + line.number,
                        column + ": '" + cell + "' is another value than '" + first.get(column) + "' in line "
                                + first.number + " of the same task");
            }
        });
    }

    private static Evaluation trial(Line line) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        line.under(PARAMETER).forEach((name, cell) -> {
            Object value = Cell.value(cell);
            if (value != null) {
                parameters.put(name, value);
            }
        });
        Double value = Check.present("value", line.number("value"));
        return new Evaluation(
                parameters, value, whole(line, "trial").map(Long::intValue).orElse(null));
    }

    private static Optional<Long> whole(Line line, String column) {
        Object value = Cell.value(line.get(column));
        Check.that(value == null || value instanceof Long, column, "'" + line.get(column) + "' is not a whole number");
        return value instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidValueException("at", "'" + text + "' is not a time like 2026-01-31T12:00:00Z");
        }
    }

    private static Map<String, Object> space(String json) {
        try {
            return json.isEmpty() ? Map.of() : Json.mapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new InvalidValueException("space", "'" + json + "' is not a JSON object");
        }
    }

    private static RolloutStatus.@Nullable Phase phase(String text) {
        if (text.isEmpty()) {
            return null;
        }
        return Arrays.stream(RolloutStatus.Phase.values())
                .filter(phase -> phase.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "liveOutcome", "'" + text + "' is not promoted, rolled_back or refused"));
    }

    static void write(Iterable<MetaRecord> records, Writer out) throws IOException {
        TreeSet<String> parameters = new TreeSet<>();
        TreeSet<String> features = new TreeSet<>();
        for (MetaRecord record : records) {
            record.trials()
                    .forEach(trial -> parameters.addAll(trial.parameters().keySet()));
            features.addAll(record.metaFeatures().keySet());
        }
        List<String> heads = new ArrayList<>(NEEDED);
        heads.addAll(OPTIONAL);
        parameters.forEach(name -> heads.add(PARAMETER + name));
        features.forEach(name -> heads.add(FEATURE + name));
        line(heads, out);
        for (MetaRecord record : records) {
            boolean named = false;
            for (Evaluation trial : record.trials()) {
                boolean best = !named && trial.parameters().equals(record.bestParameters());
                named |= best;
                line(cells(record, trial, best, parameters, features), out);
            }
        }
    }

    private static List<String> cells(
            MetaRecord record, Evaluation trial, boolean best, TreeSet<String> parameters, TreeSet<String> features) {
        RolloutStatus.Phase outcome = record.liveOutcome();
        List<String> cells = new ArrayList<>(List.of(
                record.taskId(),
                record.model(),
                record.trainer(),
                record.metric(),
                record.goal(),
                record.at().toString(),
                Cell.of(trial.value()),
                record.space().isEmpty() ? "" : Json.text(record.space()),
                Cell.of(record.started()),
                Cell.of(record.cpuMillis()),
                Cell.of(record.liveGain()),
                outcome == null ? "" : outcome.name().toLowerCase(Locale.ROOT),
                best ? "true" : "",
                Cell.of(trial.trial())));
        parameters.forEach(name -> cells.add(Cell.of(trial.parameters().get(name))));
        features.forEach(name -> cells.add(Cell.of(record.metaFeatures().get(name))));
        return cells;
    }

    private static void line(List<String> cells, Writer out) throws IOException {
        out.write(cells.stream().map(CsvRows::cell).collect(Collectors.joining(",")));
        out.write('\n');
    }
}
