package io.homeostat.metastore.api;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.metastore.exchange.Imported;
import io.homeostat.metastore.exchange.Imported.PassedOver;
import java.util.List;

/**
 * What an import took.
 *
 * @param records how many records; they are remembered soon after, as if their studies had ended now
 * @param trials how many trials they have
 * @param tasks the first of them, at most 100
 * @param passedOver studies that have nothing to remember, or of which nobody could learn, with reasons; at most 100
 * @param passedOverInAll how many
 * @param trialsLeftOut trials of the records that have no finite value, or no parameters that are numbers, texts or booleans
 */
public record ImportAnswer(
        int records,
        int trials,
        List<String> tasks,
        List<PassedOver> passedOver,
        int passedOverInAll,
        int trialsLeftOut) {
    private static final int MOST_LISTED = 100;

    static ImportAnswer of(Imported imported) {
        return new ImportAnswer(
                imported.records().size(),
                imported.records().stream()
                        .mapToInt(record -> record.trials().size())
                        .sum(),
                imported.records().stream()
                        .limit(MOST_LISTED)
                        .map(MetaRecord::taskId)
                        .toList(),
                imported.passedOver().stream().limit(MOST_LISTED).toList(),
                imported.passedOver().size(),
                imported.trialsLeftOut());
    }
}
