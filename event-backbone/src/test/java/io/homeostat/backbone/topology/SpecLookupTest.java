package io.homeostat.backbone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpecLookupTest {
    private final Topics topics = new Topics("test", 1, (short) 1);
    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final TimestampedKeyValueStore<String, ModelSpec> specs = Stores.timestampedKeyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(SharedSources.storeOf(topics.models())),
                    Serdes.String(),
                    new JsonSerde<>(ModelSpec.class))
            .withLoggingDisabled()
            .build();
    private final List<String> made = new ArrayList<>();

    @BeforeEach
    void openStore() {
        specs.init(context.getStateStoreContext(), specs);
        context.addStateStore(specs);
    }

    private void put(String model, String feature, long offset) {
        context.setRecordMetadata("specs", 0, offset);
        ModelSpec spec = ModelSpec.read(("{model: " + model + ", task: binary, features: {" + feature + ": numeric}}")
                .getBytes(StandardCharsets.UTF_8));
        specs.put(model, ValueAndTimestamp.make(spec, 0));
    }

    private String firstFeature(ModelSpec spec) {
        String feature = spec.features().keySet().iterator().next();
        made.add(feature);
        return feature;
    }

    @Test
    void whatIsMadeOfASpecIsKeptUntilTheCopyHasMovedOn() {
        // given
        put("m", "x", 0);
        SpecLookup.Derived<String> derived = new SpecLookup(context, topics).derived(this::firstFeature);
        // when
        assertThat(derived.of("m")).contains("x");
        assertThat(derived.of("m")).contains("x");
        assertThat(derived.of("nobody")).isEmpty();
        // then
        assertThat(made).containsExactly("x");
        put("m", "y", 1);
        assertThat(derived.of("m")).contains("y");
        put("nobody", "z", 2);
        assertThat(derived.of("nobody")).contains("z");
        assertThat(derived.of("m")).contains("y");
        assertThat(made).containsExactly("x", "y", "z", "y");
    }

    @Test
    void severalAreMadeOfOneLookup() {
        // given
        put("m", "x", 0);
        SpecLookup lookup = new SpecLookup(context, topics);
        SpecLookup.Derived<String> some = lookup.derived(this::firstFeature);
        SpecLookup.Derived<Integer> others =
                lookup.derived(spec -> spec.features().size());
        assertThat(some.of("m")).contains("x");
        put("m", "y", 1);
        // when: the other one is asked first
        assertThat(others.of("m")).contains(1);
        // then
        assertThat(some.of("m")).contains("y");
    }
}
