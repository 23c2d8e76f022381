package io.homeostat.backbone.topology;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * The registered specs, as this process's copy of their topic knows them; the topology must have it as
 * {@link SharedSources#globalTable}. The copy holds bytes, and every event asks: so what was read is kept until the copy
 * has moved on.
 */
public final class SpecLookup {
    private final TimestampedKeyValueStore<String, ModelSpec> specs;
    private final Map<String, ModelSpec> byModel = new HashMap<>();
    private final Map<String, List<ModelSpec>> byTopic = new HashMap<>();
    private @Nullable Set<String> named;
    private Position readAt = Position.emptyPosition();
    private long readings; // how often the copy has moved on

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

    /** All topics that a spec names as its source. */
    public Set<String> topics() {
        refresh();
        if (named == null) {
            Set<String> found = new HashSet<>();
            try (var all = specs.all()) {
                all.forEachRemaining(
                        entry -> found.addAll(entry.value.value().source().topics()));
            }
            named = Set.copyOf(found);
        }
        return named;
    }

    /**
     * What is made of each model's spec once, and kept as long as the spec is: one look-up for whoever needs more of a model
     * with every event than its spec.
     */
    public <T> Derived<T> derived(Function<ModelSpec, T> making) {
        return new Derived<>(making);
    }

    /** What was made of the specs. */
    public final class Derived<T> {
        private final Function<ModelSpec, T> making;
        private final Map<String, T> made = new HashMap<>();
        private long madeAt;

        private Derived(Function<ModelSpec, T> making) {
            this.making = making;
        }

        /** What was made of a model's spec; empty if it has none. */
        public Optional<T> of(String model) {
            refresh();
            if (madeAt != readings) {
                made.clear();
                madeAt = readings;
            }
            T known = made.get(model);
            if (known == null) {
                Optional<T> now = SpecLookup.this.of(model).map(making);
                now.ifPresent(it -> made.put(model, it));
                return now;
            }
            return Optional.of(known);
        }
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
            named = null;
            readAt = now.copy();
            readings++;
        }
    }
}
