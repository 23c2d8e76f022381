package io.homeostat.gateway.protocol;

import static io.homeostat.gateway.protocol.RefusedException.badRequest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the request's parameters say of its rows. A list is empty when nothing is said, has one entry when it is said of
 * all rows, or one per row.
 *
 * @param units who asks: {@code unit_id} or {@code unit_ids}
 * @param predictions {@code prediction_ids}; one per row, all different
 * @param times {@code event_time} or {@code event_times}
 */
public record RowIds(List<String> units, List<String> predictions, List<Instant> times) {
    static final RowIds NONE = new RowIds(List.of(), List.of(), List.of());

    /** Who asks for the row. */
    public Optional<String> unit(int row) {
        return at(units, row);
    }

    /** The id that the row's label will carry. */
    public Optional<String> prediction(int row) {
        return at(predictions, row);
    }

    /** When the row was asked for. */
    public Optional<Instant> time(int row) {
        return at(times, row);
    }

    private static <T> Optional<T> at(List<T> list, int row) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(list.size() == 1 ? 0 : row));
    }

    static RowIds read(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return NONE;
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            throw badRequest("parameters", "is not an object");
        }
        List<String> units = List.of();
        List<String> predictions = List.of();
        List<Instant> times = List.of();
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String field = in.currentName();
            String path = "parameters." + field;
            in.nextToken();
            switch (field) {
                case "unit_id" -> units = List.of(Scalars.id(in, path));
                case "unit_ids" -> units = Scalars.ids(in, path);
                case "prediction_ids" -> predictions = Scalars.ids(in, path);
                case "event_time" -> times = List.of(time(path, Scalars.text(in, path)));
                case "event_times" -> times = times(path, Scalars.ids(in, path));
                // parameters are open: other servers' ones are none of ours
                default -> in.skipChildren();
            }
        }
        return new RowIds(units, predictions, times);
    }

    void check(int rows) {
        one("parameters.unit_ids", units.size(), rows);
        one("parameters.event_times", times.size(), rows);
        if (predictions.isEmpty()) {
            return;
        }
        if (predictions.size() != rows) {
            throw lengths("parameters.prediction_ids", predictions.size(), rows);
        }
        if (rows > 1) {
            different();
        }
    }

    private void different() {
        Set<String> seen = new HashSet<>(predictions.size() * 2);
        for (int i = 0; i < predictions.size(); i++) {
            if (!seen.add(predictions.get(i))) {
                throw badRequest(
                        "parameters.prediction_ids[" + i + "]",
                        "'" + predictions.get(i) + "' stands there twice; a label could not be joined");
            }
        }
    }

    private static void one(String path, int size, int rows) {
        if (size > 1 && size != rows) {
            throw lengths(path, size, rows);
        }
    }

    private static RefusedException lengths(String path, int size, int rows) {
        return badRequest(path, "has " + size + " entries for " + rows + " rows");
    }

    private static List<Instant> times(String path, List<String> texts) {
        List<Instant> times = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            times.add(time(path + "[" + i + "]", texts.get(i)));
        }
        return times;
    }

    private static Instant time(String path, String text) {
        try {
            Instant time = Instant.parse(text);
            // a record's timestamp is in milliseconds
            if (time.toEpochMilli() >= 0) {
                return time;
            }
            throw badRequest(path, "'" + text + "' is before 1970");
        } catch (DateTimeException | ArithmeticException e) {
            throw badRequest(path, "'" + text + "' is not a time like 2026-01-31T12:00:00Z");
        }
    }
}
