package io.homeostat.metastore.curate;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import java.util.List;

/**
 * What a lesson changed.
 *
 * @param memory the model's memory from now on
 * @param written records that are new or changed
 * @param forgotten tasks whose records are to go
 * @param ledger what was decided and why; empty if the lesson was known
 */
public record Curation(ModelMemory memory, List<MetaRecord> written, List<String> forgotten, List<LedgerEntry> ledger) {
    public Curation {
        written = List.copyOf(written);
        forgotten = List.copyOf(forgotten);
        ledger = List.copyOf(ledger);
    }

    static Curation unchanged(ModelMemory memory) {
        return new Curation(memory, List.of(), List.of(), List.of());
    }

    /** Whether nothing changed. */
    public boolean isNothing() {
        return written.isEmpty() && forgotten.isEmpty() && ledger.isEmpty();
    }
}
