package io.homeostat.retune.warmstart;

import io.homeostat.backbone.event.MetaRecord;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The records of earlier studies, of all models, as this service's own copy of their topic has them. */
public interface Memory {
    /** All records, in any order. */
    Collection<MetaRecord> all();

    /** A task's record, if it is still there. */
    Optional<MetaRecord> get(String taskId);

    /** A memory of these records. */
    static Memory of(Collection<MetaRecord> records) {
        Map<String, MetaRecord> byTask = new LinkedHashMap<>();
        records.forEach(record -> byTask.put(record.taskId(), record));
        return new Memory() {
            @Override
            public Collection<MetaRecord> all() {
                return byTask.values();
            }

            @Override
            public Optional<MetaRecord> get(String taskId) {
                return Optional.ofNullable(byTask.get(taskId));
            }
        };
    }
}
