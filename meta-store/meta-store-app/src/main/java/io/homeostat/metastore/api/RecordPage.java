package io.homeostat.metastore.api;

import io.homeostat.backbone.event.MetaRecord;
import java.util.Comparator;
import java.util.List;

/**
 * The newest records.
 *
 * @param records the newest first
 * @param inAll how many there are
 */
public record RecordPage(List<RecordLine> records, int inAll) {
    private static final Comparator<MetaRecord> NEWEST_FIRST =
            Comparator.comparing(MetaRecord::at).reversed().thenComparing(MetaRecord::taskId);

    static RecordPage of(List<MetaRecord> records, int limit) {
        return new RecordPage(
                records.stream()
                        .sorted(NEWEST_FIRST)
                        .limit(limit)
                        .map(RecordLine::of)
                        .toList(),
                records.size());
    }
}
