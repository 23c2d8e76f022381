package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import java.util.List;

/**
 * What was read from a file.
 *
 * @param records in the order of the file
 * @param passedOver studies that have nothing to remember, or of which nobody could learn
 * @param trialsLeftOut trials of the records that nobody could learn from
 */
public record Imported(List<MetaRecord> records, List<PassedOver> passedOver, int trialsLeftOut) {
    public Imported {
        records = List.copyOf(records);
        passedOver = List.copyOf(passedOver);
    }

    /**
     * A study that is not imported.
     *
     * @param taskId its name
     * @param reason a sentence that says why
     */
    public record PassedOver(String taskId, String reason) {}
}
