package io.homeostat.study.importance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How much a parameter mattered.
 *
 * @param parameter its name
 * @param share in [0, 1]
 */
public record Importance(String parameter, double share) {

    /** The largest first; by name where equal. */
    static List<Importance> sorted(List<String> names, double[] shares) {
        List<Importance> all = new ArrayList<>();
        for (int j = 0; j < shares.length; j++) {
            all.add(new Importance(names.get(j), shares[j]));
        }
        all.sort(Comparator.comparingDouble(Importance::share).reversed().thenComparing(Importance::parameter));
        return List.copyOf(all);
    }
}
