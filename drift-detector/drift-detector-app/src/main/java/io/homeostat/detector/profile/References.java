package io.homeostat.detector.profile;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.drift.statistics.profile.Reference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The versions' reference profiles, as this process's copy of their topic knows them; the newest few kept decoded. */
public final class References {
    private static final int MOST_DECODED = 64;

    private final TimestampedKeyValueStore<String, ReferenceEvent> events;
    private final Map<String, Reference> decoded = new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Reference> eldest) {
            return size() > MOST_DECODED;
        }
    };

    public References(ProcessorContext<?, ?> context, Topics topics) {
        this.events = context.getStateStore(SharedSources.storeOf(topics.references()));
    }

    /** A version's reference, if there is one yet. */
    public Optional<Reference> of(String model, String modelVersion) {
        String key = ReferenceEvent.key(model, modelVersion);
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
}
