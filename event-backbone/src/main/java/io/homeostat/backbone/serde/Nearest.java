package io.homeostat.backbone.serde;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known name most like a mistyped one, by Levenshtein's distance. */
public final class Nearest {
    private Nearest() {}

    /** The known name; empty when none is like it. */
    public static Optional<String> to(String mistyped, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String k) -> distance(mistyped, k))
                        .thenComparing(k -> k))
                .filter(k -> distance(mistyped, k) <= Math.max(2, mistyped.length() / 3));
    }

    private static int distance(String a, String b) {
        String x = a.toLowerCase(Locale.ROOT);
        String y = b.toLowerCase(Locale.ROOT);
        int[] row = new int[y.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= x.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= y.length(); j++) {
                int change = diagonal + (x.charAt(i - 1) == y.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[y.length()];
    }
}
