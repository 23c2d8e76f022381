package io.homeostat.detector.profile;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.Schema;
import java.util.LinkedHashMap;
import java.util.List;
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

    private final TimestampedKeyValueStore<String, ReferenceEvent> events;
    private final SpareReferences spare;
    private final WindowShapes shapes;
    private final Map<String, KnownReference> decoded = new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, KnownReference> eldest) {
            return size() > MOST_DECODED;
        }
    };
    private Position decodedAt = Position.emptyPosition();

    /**
     * The references as a task sees them.
     *
     * @param spare of the process
     * @param shapes of the process, which are told of each reference that is decoded
     */
    public References(ProcessorContext<?, ?> context, Topics topics, SpareReferences spare, WindowShapes shapes) {
        this.events = context.getStateStore(SharedSources.storeOf(topics.references()));
        this.spare = spare;
        this.shapes = shapes;
    }

    /**
     * A version's reference, if there is one yet.
     *
     * @param features that it must be of if it was learned: those of the spec may have changed since
     */
    Optional<KnownReference> of(String model, String modelVersion, Schema features) {
        return given(model, modelVersion).or(() -> learned(model, modelVersion, features));
    }

    /** How far this process's copy has come; what was found before it moved on may be old. */
    Position position() {
        return events.getPosition();
    }

    /** The reference that came with a version. */
    public Optional<KnownReference> given(String model, String modelVersion) {
        return find(ReferenceEvent.key(model, modelVersion));
    }

    /** The reference that was learned of a version's first events, of these features. */
    public Optional<KnownReference> learned(String model, String modelVersion, Schema features) {
        return find(ReferenceEvent.learnedKey(model, modelVersion))
                .filter(known -> known.reference().schema().equals(features));
    }

    private Optional<KnownReference> find(String key) {
        Position now = position();
        if (!decodedAt.equals(now)) {
            decoded.clear();
            decodedAt = now.copy();
        }
        KnownReference known = decoded.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<KnownReference> reference = spare.take(key, now).or(() -> decoded(key, now));
        reference.ifPresent(r -> decoded.put(key, r));
        return reference;
    }

    private Optional<KnownReference> decoded(String key, Position now) {
        ValueAndTimestamp<ReferenceEvent> found = events.get(key);
        return Optional.ofNullable(found).map(ValueAndTimestamp::value).map(event -> {
            Reference reference = Reference.fromBytes(event.profile());
            shapes.note(event, reference, now);
            return new KnownReference(reference, event.profile());
        });
    }

    /** Leaves a version's references, which this task has no more use for, to another. */
    void leave(String model, String modelVersion) {
        for (String key :
                List.of(ReferenceEvent.key(model, modelVersion), ReferenceEvent.learnedKey(model, modelVersion))) {
            KnownReference known = decoded.remove(key);
            if (known != null) {
                spare.leave(key, known, decodedAt);
            }
        }
    }
}
