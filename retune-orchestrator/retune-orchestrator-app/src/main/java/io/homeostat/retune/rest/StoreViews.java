package io.homeostat.retune.rest;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.StreamsHost;
import io.homeostat.retune.host.RetunePart;
import io.homeostat.retune.lifecycle.ModelState;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Views of the stores of this process. */
@Singleton
class StoreViews implements RetuneViews {
    private final StreamsHost host;
    private final Topics topics;

    StoreViews(StreamsHost host, Topics topics) {
        this.host = host;
        this.topics = topics;
    }

    @Override
    public Optional<Boolean> registered(String model) {
        return this.<ModelSpec, Boolean>read(SharedSources.storeOf(topics.models()), specs -> specs.get(model) != null);
    }

    @Override
    public Optional<ModelState> state(String model) {
        return this.<ModelState, ModelState>read(
                RetunePart.STORE,
                states -> Optional.ofNullable(states.get(model)).orElseGet(() -> ModelState.of(model)));
    }

    private <V, T> Optional<T> read(String name, Function<ReadOnlyKeyValueStore<String, V>, T> reader) {
        try {
            return host.store(name, QueryableStoreTypes.<String, V>keyValueStore())
                    .map(reader);
        } catch (InvalidStateStoreException moved) {
            return Optional.empty();
        }
    }
}
