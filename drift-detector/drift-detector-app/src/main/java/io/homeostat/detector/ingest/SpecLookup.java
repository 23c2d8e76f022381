package io.homeostat.detector.ingest;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The registered specs, as this process's copy of their topic knows them. The copy holds bytes, and every event asks: so
 * what was read is kept until the copy has moved on.
 */
public final class SpecLookup {
    private final TimestampedKeyValueStore<String, ModelSpec> specs;
    private final Map<String, ModelSpec> read = new HashMap<>();
    private Position readAt = Position.emptyPosition();

    public SpecLookup(ProcessorContext<?, ?> context, Topics topics) {
        this.specs = context.getStateStore(SharedSources.storeOf(topics.models()));
    }

    /** A model's spec. */
    public Optional<ModelSpec> of(String model) {
        Position now = specs.getPosition();
        if (!readAt.equals(now)) {
            read.clear();
            readAt = now.copy();
        }
        ModelSpec known = read.get(model);
        if (known == null) {
            ValueAndTimestamp<ModelSpec> found = specs.get(model);
            if (found == null) {
                return Optional.empty();
            }
            known = found.value();
            read.put(model, known);
        }
        return Optional.of(known);
    }
}
