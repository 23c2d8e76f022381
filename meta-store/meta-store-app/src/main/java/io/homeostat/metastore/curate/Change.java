package io.homeostat.metastore.curate;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;

/** One thing to say to the outside. */
public sealed interface Change {
    /** A record is new or changed. */
    record Written(MetaRecord record) implements Change {}

    /** A record is gone. */
    record Forgotten(String taskId) implements Change {}

    /** A decision was made. */
    record Decided(LedgerEntry entry) implements Change {}
}
