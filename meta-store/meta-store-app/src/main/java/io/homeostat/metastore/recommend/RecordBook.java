package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.MetaRecord;
import java.util.List;
import java.util.Optional;

/** Every remembered task, to read. */
public interface RecordBook {
    /**
     * All records, in no order.
     *
     * @throws NotReadyException while the records are being read
     */
    List<MetaRecord> all();

    /**
     * The record of a task.
     *
     * @throws NotReadyException while the records are being read
     */
    Optional<MetaRecord> find(String taskId);
}
