package io.homeostat.detector.api;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The newest facts of every model, of each at most a number; written by one thread, read by many. */
final class Newest<V> {
    private final int most;
    private final Map<String, Deque<V>> facts = new ConcurrentHashMap<>();

    Newest(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most: " + most + " is below 1");
        }
        this.most = most;
    }

    void add(String model, V fact) {
        Deque<V> known = facts.computeIfAbsent(model, m -> new ArrayDeque<>());
        synchronized (known) {
            known.addFirst(fact);
            if (known.size() > most) {
                known.removeLast();
            }
        }
    }

    /** A model's facts, newest first; empty for one that has none. */
    List<V> of(String model) {
        Deque<V> known = facts.get(model);
        if (known == null) {
            return List.of();
        }
        synchronized (known) {
            return new ArrayList<>(known);
        }
    }
}
