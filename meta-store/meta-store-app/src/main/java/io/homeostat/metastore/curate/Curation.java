package io.homeostat.metastore.curate;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import java.util.List;
import java.util.Map;

/**
 * What a lesson changed.
 *
 * @param memory the model's memory from now on
 * @param written records that are new or changed
 * @param forgotten tasks whose records are to go
 * @param ledger what was decided and why; empty if the lesson was known
 * @param ignored what was left out, and why: {@code lesson.duplicate}, {@code study.tooOld}, {@code trial.pruned}, … → how many
 */
public record Curation(
        ModelMemory memory,
        List<MetaRecord> written,
        List<String> forgotten,
        List<LedgerEntry> ledger,
        Map<String, Integer> ignored) {
    public Curation {
        ignored = Map.copyOf(ignored);
        written = List.copyOf(written);
        forgotten = List.copyOf(forgotten);
        ledger = List.copyOf(ledger);
    }

    /** A lesson that says nothing new. */
    static Curation duplicate(ModelMemory memory) {
        return new Curation(memory, List.of(), List.of(), List.of(), Map.of("lesson.duplicate", 1));
    }

    /** Whether nothing changed. */
    public boolean isNothing() {
        return written.isEmpty() && forgotten.isEmpty() && ledger.isEmpty();
    }
}
