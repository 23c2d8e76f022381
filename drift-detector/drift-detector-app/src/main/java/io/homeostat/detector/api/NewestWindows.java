package io.homeostat.detector.api;

import io.homeostat.backbone.event.ProfileEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is told of the newest windows of every model, by their time; of each model at most a number of events. A window that is
 * told in parts, as what comes late opens it once more, is one event: or the parts of a past that was read would take the room
 * of other windows, and a window would lose its rows again. Written by one thread, read by many.
 */
final class NewestWindows {
    private final int most;
    private final Map<String, TreeMap<Key, ProfileEvent>> windows = new ConcurrentHashMap<>();

    NewestWindows(int most) {
        this.most = most;
    }

    /** Its predictions and its outcomes are told in events of their own. */
    private record Key(Instant from, Instant to, String modelVersion, boolean outcomes) {
        static final Comparator<Key> NEWEST_FIRST = Comparator.comparing(Key::from)
                .thenComparing(Key::to)
                .thenComparing(Key::modelVersion)
                .thenComparing(Key::outcomes)
                .reversed();
    }

    void add(String model, ProfileEvent event) {
        TreeMap<Key, ProfileEvent> known = windows.computeIfAbsent(model, m -> new TreeMap<>(Key.NEWEST_FIRST));
        boolean outcomes = !event.performance().isEmpty();
        Key key = new Key(event.windowFrom(), event.windowTo(), event.modelVersion(), outcomes);
        synchronized (known) {
            known.merge(key, event, (older, newer) -> outcomes ? newer : sum(older, newer));
            if (known.size() > most) {
                known.pollLastEntry();
            }
        }
    }

    private static ProfileEvent sum(ProfileEvent older, ProfileEvent newer) {
        return new ProfileEvent(
                newer.model(),
                newer.modelVersion(),
                newer.windowFrom(),
                newer.windowTo(),
                older.rows() + newer.rows(),
                0,
                Map.of(),
                Map.of(),
                null,
                newer.estimated() == null ? older.estimated() : newer.estimated());
    }

    /** What is told of a model's windows, the newest window first; empty for a model that has none. */
    List<ProfileEvent> of(String model) {
        TreeMap<Key, ProfileEvent> known = windows.get(model);
        if (known == null) {
            return List.of();
        }
        synchronized (known) {
            return new ArrayList<>(known.values());
        }
    }
}
