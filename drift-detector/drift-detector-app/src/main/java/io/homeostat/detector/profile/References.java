package io.homeostat.detector.profile;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The versions' reference profiles, as this process's copy of their topic knows them; the newest few are kept decoded until
 * the copy has moved on. What came with a version wins over what was learned of it.
 */
public final class References {
    private static final int MOST_DECODED = 64;
    private static final int MOST_SHAPED_FEATURES = 50_000;

    private final TimestampedKeyValueStore<String, ReferenceEvent> events;
    private final Map<String, Reference> decoded = new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reference> eldest) {
            return size() > MOST_DECODED;
        }
    };
    private final Map<String, Shape> shapes = new LinkedHashMap<>(16, .75f, true);
    private int shapedFeatures;
    private Position decodedAt = Position.emptyPosition();

    /** What the windows of a version look like when they are empty: a tenth of a reference or less. */
    private record Shape(Schema schema, Profile empty) {
        int features() {
            return empty.features().size();
        }
    }

    public References(ProcessorContext<?, ?> context, Topics topics) {
        this.events = context.getStateStore(SharedSources.storeOf(topics.references()));
    }

    /**
     * A version's reference, if there is one yet.
     *
     * @param features that it must be of if it was learned: those of the spec may have changed since
     */
    public Optional<Reference> of(String model, String modelVersion, Schema features) {
        return given(model, modelVersion).or(() -> learned(model, modelVersion, features));
    }

    /**
     * An empty profile over the bins and categories of a version's reference, to be copied; empty if there is none yet. Each
     * window of each model asks, so many more of these are kept than of references.
     *
     * @param features as for {@link #of}
     */
    public Optional<Profile> shape(String model, String modelVersion, Schema features) {
        forgetOld();
        String key = ReferenceEvent.key(model, modelVersion);
        Shape known = shapes.get(key);
        if (known != null && known.schema().equals(features)) {
            return Optional.of(known.empty());
        }
        return of(model, modelVersion, features).map(reference -> {
            Profile empty = reference.emptyProfile(Instant.EPOCH);
            keep(key, new Shape(features, empty));
            return empty;
        });
    }

    private void keep(String key, Shape shape) {
        Shape replaced = shapes.put(key, shape);
        shapedFeatures += shape.features() - (replaced == null ? 0 : replaced.features());
        Iterator<Shape> eldest = shapes.values().iterator();
        while (shapedFeatures > MOST_SHAPED_FEATURES && shapes.size() > 1) {
            shapedFeatures -= eldest.next().features();
            eldest.remove();
        }
    }

    /** The reference that came with a version. */
    public Optional<Reference> given(String model, String modelVersion) {
        return find(ReferenceEvent.key(model, modelVersion));
    }

    /** The reference that was learned of a version's first events, of these features. */
    public Optional<Reference> learned(String model, String modelVersion, Schema features) {
        return find(ReferenceEvent.learnedKey(model, modelVersion))
                .filter(r -> r.schema().equals(features));
    }

    private Optional<Reference> find(String key) {
        forgetOld();
        Reference known = decoded.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        ValueAndTimestamp<ReferenceEvent> found = events.get(key);
        if (found == null) {
            return Optional.empty();
        }
        Reference reference = Reference.fromBytes(found.value().profile());
        decoded.put(key, reference);
        return Optional.of(reference);
    }

    private void forgetOld() {
        Position now = events.getPosition();
        if (!decodedAt.equals(now)) {
            decoded.clear();
            shapes.clear();
            shapedFeatures = 0;
            decodedAt = now.copy();
        }
    }
}
