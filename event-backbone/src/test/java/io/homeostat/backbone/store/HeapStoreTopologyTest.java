package io.homeostat.backbone.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.backbone.topology.TopologyPart;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A part that counts labels per model on the heap, hosted as in production. */
class HeapStoreTopologyTest {
    private static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);
    private static final StateCodec<long[]> CODEC = new StateCodec<>() {
        @Override
        public byte[] encode(long[] state) {
            return ByteBuffer.allocate(8).putLong(state[0]).array();
        }

        @Override
        public long[] decode(byte[] bytes) {
            return new long[] {ByteBuffer.wrap(bytes).getLong()};
        }
    };

    @TempDir
    Path state;

    @Test
    void goesOnAfterUnreadableInput() {
        try (TopologyTestDriver driver = driver()) {
            var labels =
                    driver.createInputTopic(TOPICS.labels().name(), new StringSerializer(), new StringSerializer());
            labels.pipeInput("p1", label("p1"));
            var out = driver.createOutputTopic(
                    "counts", new StringDeserializer(), Serdes.Long().deserializer());
            labels.pipeInput("p2", "{broken");
            labels.pipeInput("p3", "{\"predictionId\":\"p3\"}");
            labels.pipeInput("p4", label("p4"));

            // then
            assertThat(driver.createOutputTopic(
                                    "counts",
                                    new StringDeserializer(),
                                    Serdes.Long().deserializer())
                            .readValuesToList())
                    .containsExactly(1L, 2L);
            List<DeadLetter> dead = driver.createOutputTopic(
                            TOPICS.deadLetters().name(), new StringDeserializer(), new JsonSerde<>(DeadLetter.class))
                    .readValuesToList();
            assertThat(dead).extracting(DeadLetter::offset).containsExactly(1L, 2L);
            assertThat(dead.get(0).message()).startsWith("is not JSON");
            assertThat(dead.get(0).payload()).isEqualTo("{broken");
            assertThat(dead.get(1).message()).isEqualTo("model: is missing");
            assertThat(dead.get(1).key()).isEqualTo("p3");
        }
    }

    @Test
    void isWrittenWhenTheTaskCommits() {
        try (TopologyTestDriver driver = driver()) {
            var labels =
                    driver.createInputTopic(TOPICS.labels().name(), new StringSerializer(), new StringSerializer());
            labels.pipeInput("p1", label("p1"));
            labels.pipeInput("p2", label("p2"));
            HeapStore<long[]> store = (HeapStore<long[]>) driver.getStateStore("counter");
            assertThat(store.get("m")).hasValueSatisfying(v -> assertThat(v[0]).isEqualTo(2));
            // when: the heap is dropped, as after an unclean end of the task
            store.clearCache();
            // then: what was committed is there
            assertThat(store.get("m")).hasValueSatisfying(v -> assertThat(v[0]).isEqualTo(2));
        }
    }

    private TopologyTestDriver driver() {
        TopologyPart counter = (builder, topics, sources) -> {
            builder.addStateStore(new HeapStoreBuilder<>("counter", CODEC));
            sources.stream(topics.labels())
                    .process(Counter::new, "counter")
                    .to("counts", Produced.with(Serdes.String(), Serdes.Long()));
        };
        return new TopologyTestDriver(
                Topologies.of(TOPICS, List.of(counter)),
                Topologies.settings(TOPICS, "test", "nowhere:1", state.toString(), 1, Duration.ofMillis(100)));
    }

    private static String label(String id) {
        return "{\"predictionId\":\"" + id + "\",\"model\":\"m\",\"label\":1,\"labelTime\":\"2026-01-01T00:00:00Z\"}";
    }

    private static final class Counter implements Processor<String, LabelEvent, String, Long> {
        private ProcessorContext<String, Long> context;
        private HeapStore<long[]> store;

        @Override
        public void init(ProcessorContext<String, Long> context) {
            this.context = context;
            this.store = context.getStateStore("counter");
        }

        @Override
        public void process(Record<String, LabelEvent> record) {
            String model = record.value().model();
            long[] count = store.get(model).orElseGet(() -> new long[1]);
            count[0]++;
            store.put(model, count);
            context.forward(record.withKey(model).withValue(count[0]));
        }
    }
}
