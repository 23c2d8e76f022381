package io.homeostat.metastore.api;

import io.homeostat.backbone.event.MetaRecord;
import java.util.List;

/**
 * Records by age.
 *
 * @param records the newest first
 * @param inAll how many there are
 */
public record RecordPage(List<RecordLine> records, int inAll) {
    static RecordPage of(List<MetaRecord> records, int inAll) {
        return new RecordPage(records.stream().map(RecordLine::of).toList(), inAll);
    }
}
