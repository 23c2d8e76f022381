package io.homeostat.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.EmbeddedBrokerExtension;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.Topologies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Users' topics of any number of partitions are read, also those that are made while the detector runs. */
class UserTopicsIT {
    @RegisterExtension
    static final EmbeddedBrokerExtension broker = new EmbeddedBrokerExtension();

    private static final Topics TOPICS = new Topics("users-it", 2, (short) 1);
    private static final Topics TOPICS_OF_ITS_OWN = new Topics("users-waiting-it", 2, (short) 1);
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final int ROWS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SPEC = """
            model: %1$s
            task: binary
            features: {x: numeric}
            source:
              predictions: {topic: shop.%1$s.predictions, id: key, time: /at, features: /in, prediction: /out}
              labels: {topic: shop.%1$s.labels, id: key, time: /at, label: /truth}
            """;

    @TempDir
    Path state;

    @Test
    void topicsAreReadWhetherTheyAreThereAtTheStartOrComeLater() throws Exception {
        // given
        TopicProvisioner provisioner = new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE);
        provisioner.provision(TOPICS.all());
        assertThat(provisioner.missing(
                        List.of("shop.early.labels", TOPICS.labels().name())))
                .containsExactly("shop.early.labels");
        try (KafkaStreams streams = Topologies.application(
                        TOPICS,
                        List.of(new DetectorPart(UserTopics.of(TOPICS, "shop\\..*|users-it.*"), Duration.ofSeconds(2))),
                        settings());
                KafkaProducer<String, byte[]> producer = producer();
                TopicReader<LabelledEvent> labelled = new TopicReader<>(broker.bootstrapServers(), TOPICS.labelled());
                TopicReader<DeadLetter> dead = new TopicReader<>(broker.bootstrapServers(), TOPICS.deadLetters())) {
            // when: the detector starts without any topic of a user
            streams.start();
            register(streams, producer, "early");
            create(provisioner, "early", 1);
            write(producer, "early");
            labelled.await(PATIENCE, l -> l.size() >= ROWS);
            // and one with more partitions than any other comes
            register(streams, producer, "later");
            create(provisioner, "later", 3);
            write(producer, "later");
            producer.send(new ProducerRecord<>("shop.later.labels", 2, "p0", "{}".getBytes(StandardCharsets.UTF_8)));
            // then
            List<String> joined = labelled.await(PATIENCE, l -> l.size() >= 2 * ROWS).stream()
                    .map(l -> l.prediction().model() + l.prediction().predictionId())
                    .toList();
            assertThat(joined).hasSize(2 * ROWS).doesNotHaveDuplicates();
            assertThat(dead.await(PATIENCE, d -> !d.isEmpty())).singleElement().satisfies(letter -> {
                assertThat(letter.topic()).isEqualTo("shop.later.labels");
                assertThat(letter.partition()).isEqualTo(2);
                assertThat(letter.message()).isEqualTo("model later, source.labels.label: nothing stands at /truth");
            });
        }
    }

    @Test
    void whatIsWrittenBeforeASpecNamesItsTopicIsReadOnceOneDoes() throws Exception {
        // given: a topic that is read already, and one that no spec names
        TopicProvisioner provisioner = new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE);
        provisioner.provision(TOPICS_OF_ITS_OWN.all());
        create(provisioner, "known", 1);
        create(provisioner, "first", 1);
        try (KafkaStreams streams = Topologies.application(
                        TOPICS_OF_ITS_OWN,
                        List.of(new DetectorPart(
                                UserTopics.of(TOPICS_OF_ITS_OWN, "shop\\.(known|first)\\..*"), Duration.ofSeconds(2))),
                        settings("users-waiting-it-app", TOPICS_OF_ITS_OWN));
                KafkaProducer<String, byte[]> producer = producer();
                TopicReader<LabelledEvent> labelled =
                        new TopicReader<>(broker.bootstrapServers(), TOPICS_OF_ITS_OWN.labelled());
                TopicReader<DeadLetter> dead =
                        new TopicReader<>(broker.bootstrapServers(), TOPICS_OF_ITS_OWN.deadLetters())) {
            streams.start();
            write(producer, "first");
            say(producer, TOPICS_OF_ITS_OWN, "known");
            write(producer, "known");
            labelled.await(PATIENCE, l -> l.size() >= ROWS);
            // when
            say(producer, TOPICS_OF_ITS_OWN, "first");
            List<LabelledEvent> joined = labelled.await(PATIENCE, l -> l.size() >= 2 * ROWS);
            // then: nothing was set aside before what is wrong now
            producer.send(new ProducerRecord<>("shop.first.labels", "p0", "{}".getBytes(StandardCharsets.UTF_8)));
            assertThat(joined.subList(0, ROWS))
                    .allSatisfy(l -> assertThat(l.prediction().model()).isEqualTo("known"));
            assertThat(joined.subList(ROWS, 2 * ROWS))
                    .allSatisfy(l -> assertThat(l.prediction().model()).isEqualTo("first"))
                    .extracting(l -> l.prediction().predictionId())
                    .doesNotHaveDuplicates();
            assertThat(dead.await(PATIENCE, d -> !d.isEmpty()))
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.message())
                            .isEqualTo("model first, source.labels.label: nothing stands at /truth"));
        }
    }

    private Properties settings() {
        return settings("users-it-app", TOPICS);
    }

    private Properties settings(String application, Topics topics) {
        Properties settings = Topologies.settings(
                topics, application, broker.bootstrapServers(), state.toString(), 2, Duration.ofMillis(100));
        settings.put(StreamsConfig.consumerPrefix("metadata.max.age.ms"), 500);
        return settings;
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "metadata.max.age.ms", 500),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Registers a model, and waits until the detector knows it. */
    private static void register(KafkaStreams streams, KafkaProducer<String, byte[]> producer, String model)
            throws Exception {
        say(producer, TOPICS, model);
        await().atMost(PATIENCE).ignoreExceptions().until(() -> specs(streams).get(model) != null);
    }

    private static void say(KafkaProducer<String, byte[]> producer, Topics topics, String model) throws Exception {
        ModelSpec spec = ModelSpec.read(SPEC.formatted(model).getBytes(StandardCharsets.UTF_8));
        producer.send(new ProducerRecord<>(topics.models().name(), model, Json.bytes(spec)))
                .get();
    }

    private static ReadOnlyKeyValueStore<String, ValueAndTimestamp<ModelSpec>> specs(KafkaStreams streams) {
        return streams.store(StoreQueryParameters.fromNameAndType(
                SharedSources.storeOf(TOPICS.models()), QueryableStoreTypes.timestampedKeyValueStore()));
    }

    private static void create(TopicProvisioner provisioner, String model, int partitions) {
        provisioner.provision(List.of(topic(model + ".predictions", partitions), topic(model + ".labels", partitions)));
    }

    private static Topic<?> topic(String name, int partitions) {
        return new Topic<>("shop." + name, "id", Object.class, partitions, (short) 1, false, Topic.UNLIMITED);
    }

    private static void write(KafkaProducer<String, byte[]> producer, String model) {
        for (int i = 0; i < ROWS; i++) {
            Instant at = T0.plusSeconds(i);
            producer.send(new ProducerRecord<>(
                    "shop." + model + ".predictions",
                    "p" + i,
                    Json.bytes(Map.of("at", at.toString(), "in", Map.of("x", i), "out", 1))));
            producer.send(new ProducerRecord<>(
                    "shop." + model + ".labels",
                    "p" + i,
                    Json.bytes(Map.of("at", at.plusSeconds(60).toEpochMilli(), "truth", i % 2))));
        }
        producer.flush();
    }
}
