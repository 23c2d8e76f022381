package io.homeostat.detector.profile;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.drift.statistics.profile.ProfileShape;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.Schema;
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

    private record Shape(boolean learned, Schema schema, ProfileShape profile) {
        /** A reference that was learned must be of the features that are asked for. */
        boolean isOf(Schema asked) {
            return !learned || schema.equals(asked);
        }
    }

    private static final class Kept {
        private final Position at;
        private final Map<String, Shape> shapes = new ConcurrentHashMap<>();
        private final AtomicInteger features = new AtomicInteger();

        private Kept(Position at) {
            this.at = at;
        }
    }

    /**
     * What an empty window looks like; nothing if the version has no reference yet.
     *
     * @param schema the model's features: a reference that was learned must be of these
     */
    Optional<ProfileShape> of(References references, String model, String modelVersion, Schema schema) {
        Kept now = upTo(references.position());
        String key = ReferenceEvent.key(model, modelVersion);
        Shape known = now.shapes.get(key);
        if (known != null && known.isOf(schema)) {
            return Optional.of(known.profile());
        }
        // it is noted when it is decoded, but not when another task had left it
        Optional<ProfileShape> shape = references
                .of(model, modelVersion, schema)
                .map(found -> found.reference().shape());
        references.leave(model, modelVersion);
        return shape;
    }

    /** Remembers the shape of a reference that was decoded, whoever asked for it, as its windows will be like this. */
    void note(ReferenceEvent event, Reference reference, Position at) {
        Kept now = upTo(at);
        Shape shape = new Shape(event.learned(), reference.schema(), reference.shape());
        now.shapes.put(ReferenceEvent.key(event.model(), event.modelVersion()), shape);
        now.features.addAndGet(shape.profile().features());
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
