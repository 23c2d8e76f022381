package io.homeostat.backbone.topology;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * The registered specs, as this process's copy of their topic knows them; the topology must have it as
 * {@link SharedSources#globalTable}. The copy holds bytes, and every event asks: so what was read is kept until the copy
 * has moved on.
 */
public final class SpecLookup {
    private final TimestampedKeyValueStore<String, ModelSpec> specs;
    private final Map<String, ModelSpec> byModel = new HashMap<>();
    private final Map<String, List<ModelSpec>> byTopic = new HashMap<>();
    private Position readAt = Position.emptyPosition();

    /** The look-up of a processor; to be made in its {@code init}. */
    public SpecLookup(ProcessorContext<?, ?> context, Topics topics) {
        this.specs = context.getStateStore(SharedSources.storeOf(topics.models()));
    }

    /** A model's spec. */
    public Optional<ModelSpec> of(String model) {
        refresh();
        ModelSpec known = byModel.get(model);
        if (known == null) {
            ValueAndTimestamp<ModelSpec> found = specs.get(model);
            if (found == null) {
                return Optional.empty();
            }
            known = found.value();
            byModel.put(model, known);
        }
        return Optional.of(known);
    }

    /** The specs whose source names a topic, ordered by model. */
    public List<ModelSpec> reading(String topic) {
        refresh();
        return byTopic.computeIfAbsent(topic, this::find);
    }

    private List<ModelSpec> find(String topic) {
        List<ModelSpec> found = new ArrayList<>();
        try (var all = specs.all()) {
            all.forEachRemaining(entry -> {
                if (entry.value.value().source().topics().contains(topic)) {
                    found.add(entry.value.value());
                }
            });
        }
        found.sort((a, b) -> a.model().compareTo(b.model()));
        return List.copyOf(found);
    }

    private void refresh() {
        Position now = specs.getPosition();
        if (!readAt.equals(now)) {
            byModel.clear();
            byTopic.clear();
            readAt = now.copy();
        }
    }
}
