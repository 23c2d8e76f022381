package io.homeostat.detector.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reference is decoded once, whether its windows or its monitor ask first. */
class WindowShapesTest {
    private static final Schema SCHEMA = new Schema(Map.of("x", FeatureType.NUMERIC));
    private static final Schema OTHER = new Schema(Map.of("y", FeatureType.NUMERIC));
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");

    private final Topics topics = new Topics("test", 1, (short) 1);
    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final TimestampedKeyValueStore<String, ReferenceEvent> events = Stores.timestampedKeyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore(SharedSources.storeOf(topics.references())),
                    Serdes.String(),
                    new JsonSerde<>(ReferenceEvent.class))
            .withLoggingDisabled()
            .build();
    private final SpareReferences spare = new SpareReferences();
    private final WindowShapes shapes = new WindowShapes();
    private final byte[] bytes = reference().toBytes();

    @BeforeEach
    void openStore() {
        events.init(context.getStateStoreContext(), events);
        context.addStateStore(events);
    }

    private References task() {
        return new References(context, topics, spare, shapes);
    }

    private void put(boolean learned) {
        ReferenceEvent event = new ReferenceEvent("m", "v1", T0, 2, bytes, learned);
        events.put(event.key(), ValueAndTimestamp.make(event, 0));
    }

    /** What is not there any more cannot be decoded again. */
    private void forget() {
        events.delete(ReferenceEvent.key("m", "v1"));
        events.delete(ReferenceEvent.learnedKey("m", "v1"));
    }

    @Test
    void theMonitorAsksFirst() {
        // given
        put(false);
        KnownReference known = task().given("m", "v1").orElseThrow();
        assertThat(known.bytes()).isEqualTo(bytes);
        forget();
        // then
        assertThat(shapes.of(task(), "m", "v1", SCHEMA))
                .map(shape -> shape.profile(Instant.EPOCH, Instant.EPOCH).toBytes())
                .contains(empty());
        assertThat(shapes.of(task(), "m", "v1", OTHER))
                .as("a given one is as it is")
                .isPresent();
    }

    @Test
    void theWindowsAskFirst() {
        // given
        put(false);
        assertThat(shapes.of(task(), "m", "v1", SCHEMA))
                .map(shape -> shape.profile(Instant.EPOCH, Instant.EPOCH).toBytes())
                .contains(empty());
        forget();
        // then
        assertThat(task().given("m", "v1")).hasValueSatisfying(known -> {
            assertThat(known.bytes()).isEqualTo(bytes);
            assertThat(known.reference().toBytes()).isEqualTo(bytes);
        });
        assertThat(shapes.of(task(), "m", "v1", SCHEMA)).isPresent();
    }

    @Test
    void aLearnedReferenceMustBeOfTheFeaturesAskedFor() {
        // given
        put(true);
        assertThat(task().learned("m", "v1", SCHEMA)).isPresent();
        forget();
        // then
        assertThat(shapes.of(task(), "m", "v1", OTHER)).isEmpty();
        assertThat(shapes.of(task(), "m", "v1", SCHEMA)).isPresent();
    }

    private byte[] empty() {
        return Reference.fromBytes(bytes).emptyProfile(Instant.EPOCH).toBytes();
    }

    private static Reference reference() {
        return new ReferenceBuilder(SCHEMA, Task.BINARY)
                .add(Map.of("x", 1.0), 0.5, "1", null)
                .add(Map.of("x", 2.0), 0.7, "0", null)
                .build("v1", T0, T0);
    }
}
