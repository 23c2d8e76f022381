package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The data of a re-tune: offset ranges of the labelled topic (the offsets are the data version), and how its rows,
 * ordered by prediction time, are split: training first, then validation, then the newest as hold-out.
 *
 * @param topic the labelled topic
 * @param ranges offset range per partition
 * @param dataUntil labels known later are left out
 * @param changeSince when the change is believed to have begun, or until when the champion has learned, if that is later
 * @param rows rows in all
 * @param training rows to fit on, the oldest
 * @param trainingSinceChange how many of them are of the time since the world changed; absent where no change is suspected
 * @param validation rows that the search is judged on
 * @param holdout rows that the winner is confirmed on, the newest
 * @param checksum SHA-256 over the rows in order
 * @param metaFeatures what the data is like
 */
public record Snapshot(
        String topic,
        List<OffsetRange> ranges,
        Instant dataUntil,
        @Nullable Instant changeSince,
        int rows,
        int training,
        @Nullable Integer trainingSinceChange,
        int validation,
        int holdout,
        String checksum,
        Map<String, Double> metaFeatures) {
    /** The meta-feature that is the share of the training rows that are of the world as it is now, 0 to 1; 1 without a change. */
    public static final String OF_THIS_WORLD = "ofThisWorld";

    public Snapshot {
        Check.text("topic", topic);
        ranges = List.copyOf(Check.present("ranges", ranges));
        Check.present("dataUntil", dataUntil);
        Check.that(
                rows == training + validation + holdout,
                "rows",
                rows + " is not training " + training + " + validation " + validation + " + holdout " + holdout);
        Check.text("checksum", checksum);
        metaFeatures = Map.copyOf(Check.present("metaFeatures", metaFeatures));
    }

    /**
     * A range of offsets in a partition.
     *
     * @param partition the partition
     * @param from the first offset
     * @param until the end, exclusive
     */
    public record OffsetRange(int partition, long from, long until) {
        public OffsetRange {
            Check.atLeast("from", from, 0);
            Check.that(until >= from, "until", until + " is before from " + from);
        }
    }
}
