package io.homeostat.detector.profile;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.streams.query.Position;

/**
 * What the windows of each version look like while they are empty: the bins and categories of its reference. Each window of
 * each model asks in each task, and a shape is a tenth of its reference or less: so they are kept for many more models than
 * {@link References} are, once for all tasks of a process, until the copy of the references has moved on.
 */
public final class WindowShapes {
    private static final int MOST_FEATURES = 200_000;

    private volatile Kept kept = new Kept(Position.emptyPosition());

    private record Shape(Schema schema, Profile empty) {}

    private static final class Kept {
        private final Position at;
        private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
        private final AtomicInteger features = new AtomicInteger();

        private Kept(Position at) {
            this.at = at;
        }
    }

    /**
     * An empty profile, to be copied; nothing if the version has no reference yet.
     *
     * @param schema the model's features: a reference that was learned must be of these
     */
    Optional<Profile> of(References references, String model, String modelVersion, Schema schema) {
        Kept now = upTo(references.position());
        String key = ReferenceEvent.key(model, modelVersion);
        Shape known = now.shapes.get(key);
        if (known != null && known.schema().equals(schema)) {
            return Optional.of(known.empty());
        }
        Optional<Profile> empty =
                references.of(model, modelVersion, schema).map(reference -> reference.emptyProfile(Instant.EPOCH));
        references.leave(model, modelVersion);
        empty.ifPresent(profile -> {
            now.shapes.put(key, new Shape(schema, profile));
            now.features.addAndGet(profile.features().size());
        });
        return empty;
    }

    private Kept upTo(Position position) {
        Kept now = kept;
        if (!now.at.equals(position) || now.features.get() > MOST_FEATURES) {
            now = new Kept(position.copy());
            kept = now;
        }
        return now;
    }
}
