package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.metastore.exchange.Imported.PassedOver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Records that come from a file: every problem names its line, and no task comes twice. A line that is none of its format
 * spoils the file; a record of which nobody could learn is passed over with the reason.
 */
final class Lines {
    private final Instant now;
    private final List<MetaRecord> records = new ArrayList<>();
    private final List<PassedOver> passedOver = new ArrayList<>();
    private final Map<String, Integer> lineOf = new HashMap<>();
    private int trialsLeftOut;

    Lines(Instant now) {
        this.now = now;
    }

    /** Adds a record that begins in a line, counted from 1. */
    void add(int line, Supplier<MetaRecord> read) {
        MetaRecord record = at(line, read);
        Integer before = lineOf.putIfAbsent(record.taskId(), line);
        if (before != null) {
            throw new InvalidValueException(
                    "line " + line, "taskId: '" + record.taskId() + "' stands in line " + before + " already");
        }
        add("line " + line + ": ", record);
    }

    /** Adds a record; what is said against it begins with where it stands. */
    void add(String where, MetaRecord record) {
        try {
            MetaRecord sound = Sound.record(record, now);
            trialsLeftOut += record.trials().size() - sound.trials().size();
            records.add(sound);
        } catch (InvalidValueException e) {
            passOver(record.taskId(), where + e.getMessage());
        }
    }

    /** Notes a study that is not imported. */
    void passOver(String taskId, String reason) {
        passedOver.add(new PassedOver(taskId, reason));
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

    Imported imported() {
        return new Imported(records, passedOver, trialsLeftOut);
    }
}
