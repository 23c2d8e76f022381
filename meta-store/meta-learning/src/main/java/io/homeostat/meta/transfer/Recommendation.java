package io.homeostat.meta.transfer;

import java.util.List;

/**
 * What to try first, in this order, and what was not used.
 *
 * @param configurations the most promising first; all different
 * @param ignored records that were not used, the newest first; at most 100
 * @param ignoredInAll how many records were not used
 */
public record Recommendation(List<WarmConfiguration> configurations, List<IgnoredRecord> ignored, int ignoredInAll) {
    /** Ignored records listed at most. */
    public static final int MOST_LISTED = 100;

    public Recommendation {
        configurations = List.copyOf(configurations);
        ignored = ignored.stream().limit(MOST_LISTED).toList();
    }
}
