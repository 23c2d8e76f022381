package io.homeostat.detector.ingest;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The registered specs, as this process's copy of their topic knows them. */
public final class SpecLookup {
    private final TimestampedKeyValueStore<String, ModelSpec> specs;

    public SpecLookup(ProcessorContext<?, ?> context, Topics topics) {
        this.specs = context.getStateStore(SharedSources.storeOf(topics.models()));
    }

    /** A model's spec. */
    public Optional<ModelSpec> of(String model) {
        ValueAndTimestamp<ModelSpec> found = specs.get(model);
        return found == null ? Optional.empty() : Optional.of(found.value());
    }
}
