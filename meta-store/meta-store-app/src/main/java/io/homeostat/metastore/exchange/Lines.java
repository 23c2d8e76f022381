package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Records that come from lines of a file: every problem names its line, and no task comes twice. */
final class Lines {
    private final List<MetaRecord> records = new ArrayList<>();
    private final Map<String, Integer> lineOf = new HashMap<>();

    /** Adds a record that begins in a line, counted from 1. */
    void add(int line, Supplier<MetaRecord> read) {
        MetaRecord record = at(line, read);
        Integer before = lineOf.putIfAbsent(record.taskId(), line);
        if (before != null) {
            throw new InvalidValueException(
                    "line " + line, "taskId: '" + record.taskId() + "' stands in line " + before + " already");
        }
        records.add(record);
    }

    /** Does something with a line; what is wrong is said with its number. */
    static <T> T at(int line, Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidValueException e) {
            if (e.path().startsWith("line ")) {
                throw e;
            }
            throw new InvalidValueException("line " + line, String.valueOf(e.getMessage()));
        }
    }

    List<MetaRecord> records() {
        return records;
    }
}
