package io.homeostat.study.exchange;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A trial of a journal while the journal is replayed. */
final class OptunaTrial {
    static final int RUNNING = 0;
    static final int COMPLETE = 1;
    static final int PRUNED = 2;
    static final int FAILED = 3;
    static final int WAITING = 4;

    int state = RUNNING;

    @Nullable
    String started;

    @Nullable
    String ended;

    List<Double> values = List.of();
    final Map<String, OptunaDistribution> distributions = new LinkedHashMap<>();
    final Map<String, Object> parameters = new LinkedHashMap<>();
    final TreeMap<Long, Double> intermediate = new TreeMap<>();
    final Map<String, @Nullable Object> userAttributes = new LinkedHashMap<>();
    final Map<String, @Nullable Object> systemAttributes = new LinkedHashMap<>();

    boolean finished() {
        return state == COMPLETE || state == PRUNED || state == FAILED;
    }

    void parameter(String name, OptunaDistribution distribution, double inner) {
        distributions.put(name, distribution);
        parameters.put(name, distribution.outer(inner));
    }
}
