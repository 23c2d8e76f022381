package io.homeostat.backbone.topology;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Names of the partitions of origins, see {@link DeadLetters#originOf}: one text for each, made when it is first met and not for
 * every record. For one thread.
 */
public final class Partitions {
    /** Through no other partition. */
    static final int STRAIGHT = -1;

    private static final int MOST = 10_000; // anyone can write headers

    private final Map<String, String> names = new HashMap<>();
    private byte[] last = new byte[0];
    private int lastThrough = STRAIGHT;
    private String lastName = "";

    /** The topic and partition of an origin {@code topic:partition:offset}; empty for what is none. */
    public String of(byte[] origin) {
        return of(origin, STRAIGHT);
    }

    /**
     * The same, and through which partition it came from there ({@code topic:partition>through}).
     *
     * @param through the partition's number, or {@link #STRAIGHT}
     */
    String of(byte[] origin, int through) {
        int end = origin.length - 1;
        while (end > 0 && origin[end] != ':') {
            end--;
        }
        int length = Math.max(0, end);
        if (through != lastThrough || !Arrays.equals(origin, 0, length, last, 0, last.length)) {
            if (names.size() >= MOST) {
                names.clear();
            }
            last = Arrays.copyOf(origin, length);
            lastThrough = through;
            String name = new String(last, StandardCharsets.UTF_8);
            lastName = names.computeIfAbsent(through == STRAIGHT ? name : name + through(through), n -> n);
        }
        return lastName;
    }

    /** What is added to the name of what came through a partition. */
    static String through(int partition) {
        return ">" + partition;
    }
}
