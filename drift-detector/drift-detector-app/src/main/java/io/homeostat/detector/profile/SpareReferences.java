package io.homeostat.detector.profile;

import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.query.Position;

/**
 * References that a task has decoded and has no more use for, for the next task of the process that wants one. A version's
 * is wanted twice: for the shape of its windows, and by its monitor; to decode it takes .4 ms with 20 features. One that is
 * taken is its taker's alone, as reading a sketch may change how it is kept. Held softly, and until the copy of the references has
 * moved on: what nobody takes goes when memory runs short.
 */
public final class SpareReferences {
    private volatile Kept kept = new Kept(Position.emptyPosition(), new ConcurrentHashMap<>());

    private record Kept(Position at, Map<String, SoftReference<KnownReference>> references) {}

    /** Leaves a reference, which is not looked at any more by who leaves it. */
    void leave(String key, KnownReference reference, Position at) {
        upTo(at).put(key, new SoftReference<>(reference));
    }

    /** A reference that was left, if there still is one. */
    Optional<KnownReference> take(String key, Position at) {
        return Optional.ofNullable(upTo(at).remove(key)).map(SoftReference::get);
    }

    private Map<String, SoftReference<KnownReference>> upTo(Position position) {
        Kept now = kept;
        if (!now.at().equals(position)) {
            now = new Kept(position.copy(), new ConcurrentHashMap<>());
            kept = now;
        }
        return now.references();
    }
}
