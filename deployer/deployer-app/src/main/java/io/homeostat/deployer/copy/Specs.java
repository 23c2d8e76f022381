package io.homeostat.deployer.copy;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.StreamsHost;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** The registered specs, as this process's topology has copied them. */
@Singleton
public class Specs {
    private final Topics topics;
    private final StreamsHost streams;

    Specs(Topics topics, StreamsHost streams) {
        this.topics = topics;
        this.streams = streams;
    }

    /** A model's spec. Errors: {@link StartingException} while the copy is not there. */
    public Optional<ModelSpec> of(String model) {
        ReadOnlyKeyValueStore<String, ValueAndTimestamp<ModelSpec>> specs = streams.store(
                        SharedSources.storeOf(topics.models()),
                        QueryableStoreTypes.<String, ModelSpec>timestampedKeyValueStore())
                .orElseThrow(StartingException::new);
        return Optional.ofNullable(specs.get(model)).map(ValueAndTimestamp::value);
    }
}
