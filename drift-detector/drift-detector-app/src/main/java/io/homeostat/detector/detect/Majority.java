package io.homeostat.detector.detect;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Who is champion of a model that no route tells of, because it is served elsewhere: at first whoever answers; then a version
 * takes over when it has answered at least twice as many rows as the champion in the newest windows that have 200 rows in
 * all. An even split of traffic so changes nothing, however the chances fall (4.8 standard errors).
 */
final class Majority {
    private static final long ENOUGH_ROWS = 200;
    private static final int MOST_VERSIONS = 64;

    private final TreeMap<String, Long> rows = new TreeMap<>();
    private long newestMillis = Long.MIN_VALUE;

    /**
     * Counts a partition's share of a window. Shares of a window older than the newest one do not count: a partition that is
     * behind tells who answered then.
     *
     * @return who takes over
     */
    Optional<String> count(long windowMillis, String version, long answered, Optional<String> champion) {
        if (windowMillis < newestMillis) {
            return Optional.empty();
        }
        Optional<String> next = champion.isEmpty() ? Optional.of(version) : Optional.empty();
        if (windowMillis > newestMillis) {
            boolean enough = rows.values().stream().mapToLong(Long::longValue).sum() >= ENOUGH_ROWS;
            next = enough ? next.or(() -> successor(champion.orElse(""))) : next;
            if (enough) {
                rows.clear();
            }
            newestMillis = windowMillis;
        }
        if (rows.size() < MOST_VERSIONS || rows.containsKey(version)) {
            rows.merge(version, answered, Long::sum);
        }
        return next;
    }

    private Optional<String> successor(String champion) {
        Map.Entry<String, Long> leader = null;
        for (Map.Entry<String, Long> entry : rows.entrySet()) {
            if (leader == null || entry.getValue() > leader.getValue()) {
                leader = entry;
            }
        }
        return leader == null
                        || leader.getKey().equals(champion)
                        || leader.getValue() < 2 * rows.getOrDefault(champion, 0L)
                ? Optional.empty()
                : Optional.of(leader.getKey());
    }

    void write(DataOutputStream out) throws IOException {
        out.writeLong(newestMillis);
        out.writeInt(rows.size());
        for (Map.Entry<String, Long> entry : rows.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeLong(entry.getValue());
        }
    }

    void read(DataInputStream in) throws IOException {
        newestMillis = in.readLong();
        int size = in.readInt();
        for (int i = 0; i < size; i++) {
            rows.put(in.readUTF(), in.readLong());
        }
    }
}
