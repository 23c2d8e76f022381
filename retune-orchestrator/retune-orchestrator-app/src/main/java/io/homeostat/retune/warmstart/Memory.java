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

    /** The record with this key, if it is still there. */
    Optional<MetaRecord> get(String key);

    /** A record's key: its model and task. */
    static String key(String model, String taskId) {
        return model + "/" + taskId;
    }

    /** A memory of these records. */
    static Memory of(Collection<MetaRecord> records) {
        Map<String, MetaRecord> byKey = new LinkedHashMap<>();
        records.forEach(record -> byKey.put(key(record.model(), record.taskId()), record));
        return new Memory() {
            @Override
            public Collection<MetaRecord> all() {
                return byKey.values();
            }

            @Override
            public Optional<MetaRecord> get(String key) {
                return Optional.ofNullable(byKey.get(key));
            }
        };
    }
}
