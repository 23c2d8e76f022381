package io.homeostat.deployer.admit;

import java.util.ArrayList;
import java.util.List;

/**
 * The newest ids that were seen, so that what comes twice is done once. An id older than the last {@value #LIMIT} is
 * forgotten.
 *
 * @param ids at most {@value #LIMIT}, oldest first
 */
public record RecentIds(List<String> ids) {
    /** How many ids are remembered. */
    public static final int LIMIT = 50;

    public RecentIds {
        ids = List.copyOf(ids);
    }

    /** Nothing was seen yet. */
    public static RecentIds none() {
        return new RecentIds(List.of());
    }

    /** Whether the id was seen lately. */
    public boolean contains(String id) {
        return ids.contains(id);
    }

    /** Remembers an id. */
    public RecentIds plus(String id) {
        List<String> next = new ArrayList<>(ids.subList(ids.size() == LIMIT ? 1 : 0, ids.size()));
        next.add(id);
        return new RecentIds(next);
    }
}
