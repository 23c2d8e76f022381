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
    private static final int MOST = 10_000; // anyone can write headers

    private final Map<String, String> names = new HashMap<>();
    private byte[] last = new byte[0];
    private String lastName = "";

    /** The topic and partition of an origin {@code topic:partition:offset}; empty for what is none. */
    public String of(byte[] origin) {
        int end = origin.length - 1;
        while (end > 0 && origin[end] != ':') {
            end--;
        }
        int length = Math.max(0, end);
        if (!Arrays.equals(origin, 0, length, last, 0, last.length)) {
            if (names.size() >= MOST) {
                names.clear();
            }
            last = Arrays.copyOf(origin, length);
            lastName = names.computeIfAbsent(new String(last, StandardCharsets.UTF_8), name -> name);
        }
        return lastName;
    }
}
