package io.homeostat.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.store.Storage;
import io.homeostat.backbone.testing.EmbeddedBrokerExtension;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.Topologies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen hours that had piled up when a detector is pointed at them are in its windows, each row once and each window whole,
 * in whatever form and over however many partitions they come, which it reads hours apart from each other. Where windows are so
 * short that not all can be open, each row is in one.
 */
class PiledUpIT {
    @RegisterExtension
    static final EmbeddedBrokerExtension broker = new EmbeddedBrokerExtension();

    private static final Topics TOPICS = new Topics("piled-up-it", 2, (short) 1, false);
    private static final int HOURS = 16;
    /** A past that reaches the present, as one does that goes on. */
    private static final Instant T0 =
            Instant.now().minus(Duration.ofMinutes(HOURS * 60 + 30)).truncatedTo(ChronoUnit.HOURS);

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final int PARTITIONS = 3;
    private static final int ROWS = 4_800;
    private static final Duration STEP = Duration.ofHours(HOURS).dividedBy(ROWS);

    private static final String PREDICTIONS = "id: /id, time: /at, features: /in, prediction: /out";
    private static final List<String> SPECS = List.of(
            "model: labelled, source: {predictions: {topic: past.labelled, " + PREDICTIONS + "}}",
            "model: alone, source: {predictions: {topic: past.alone, " + PREDICTIONS + "}, labels: none}",
            "model: rows, source: {features: {topic: past.rows, time: /at, features: /in}}",
            "model: logged, source: {predictions: {topic: past.logged, format: kserve}, labels: none}");
    /** More windows than may be open: some are told in parts. */
    private static final List<String> SHORT = List.of(
            "model: short-labelled, source: {predictions: {topic: past.labelled, " + PREDICTIONS + "}}",
            "model: short-logged, source: {predictions: {topic: past.logged, format: kserve}}");

    private static final List<Topic<?>> PAST = List.of(past("labelled"), past("alone"), past("rows"), past("logged"));
    private static final String APPLICATION = "piled-up-it-app";

    private final Random random = new Random(1);

    @TempDir
    Path state;

    @Test
    void allOfItIsInItsWindowsAlsoAfterARestart() {
        // given
        TopicProvisioner provisioner = new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE);
        provisioner.provision(TOPICS.all());
        provisioner.provision(PAST);
        fill();
        try (TopicReader<ProfileEvent> profiles = new TopicReader<>(broker.bootstrapServers(), TOPICS.profiles())) {
            // when: it is stopped when all is read, and still waits for partitions that it may not have heard of
            try (KafkaStreams patient = detector(Duration.ofHours(1))) {
                patient.start();
                Awaitility.await().atMost(LONGEST).until(() -> readToTheEnd());
            }
            // and nothing more comes
            try (KafkaStreams streams = detector(Duration.ofSeconds(5))) {
                streams.start();
                Map<String, Map<Instant, List<Long>>> windows = windows(
                        profiles.await(LONGEST, said -> rows(said) == (long) ROWS * (SPECS.size() + SHORT.size())));
                // then
                windows.keySet().removeIf(model -> model.startsWith("short"));
                assertThat(windows).hasSize(SPECS.size());
                assertThat(windows)
                        .allSatisfy((model, ofModel) -> assertThat(ofModel)
                                .hasSize(HOURS)
                                .allSatisfy((from, parts) -> assertThat(parts).containsExactly((long) ROWS / HOURS)));
            }
        }
    }

    private KafkaStreams detector(Duration patience) {
        return Topologies.application(
                TOPICS,
                List.of(new DetectorPart(UserTopics.of(TOPICS, "past\\..*"), Storage.DISK, patience)),
                Topologies.settings(
                        TOPICS, APPLICATION, broker.bootstrapServers(), state.toString(), 2, Duration.ofMillis(100)));
    }

    private void fill() {
        try (KafkaProducer<String, byte[]> producer = producer()) {
            SPECS.forEach(spec -> register(producer, spec, "1h"));
            SHORT.forEach(spec -> register(producer, spec, "5m"));
            for (int i = 0; i < ROWS; i++) {
                write(producer, i, T0.plus(STEP.multipliedBy(i)));
            }
            // the windows end on each partition
            for (int i = 0; i < 20 * PARTITIONS; i++) {
                write(producer, ROWS + i, Instant.now());
            }
        }
    }

    private static void register(KafkaProducer<String, byte[]> producer, String spec, String window) {
        ModelSpec read =
                ModelSpec.read(("{" + spec + ", task: binary, features: {x: numeric}, watch: {window: " + window + "}}")
                        .getBytes(StandardCharsets.UTF_8));
        producer.send(new ProducerRecord<>(TOPICS.models().name(), read.model(), Json.bytes(read)));
    }

    /** Whether of no topic that it reads, its own between its tasks too, there is more left than the mark of a transaction. */
    private static boolean readToTheEnd() throws InterruptedException, ExecutionException {
        try (Admin admin = broker.admin()) {
            Map<TopicPartition, OffsetAndMetadata> read = admin.listConsumerGroupOffsets(APPLICATION)
                    .partitionsToOffsetAndMetadata()
                    .get();
            boolean all = PAST.stream()
                    .allMatch(topic -> IntStream.range(0, PARTITIONS)
                            .allMatch(i -> read.containsKey(new TopicPartition(topic.name(), i))));
            Map<TopicPartition, OffsetSpec> newest = read.keySet().stream()
                    .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
            return all
                    && admin.listOffsets(newest).all().get().entrySet().stream()
                            .allMatch(end -> read.get(end.getKey()).offset() + 1
                                    >= end.getValue().offset());
        }
    }

    private static long rows(List<ProfileEvent> said) {
        return said.stream()
                .filter(PiledUpIT::isPast)
                .mapToLong(ProfileEvent::rows)
                .sum();
    }

    private static boolean isPast(ProfileEvent window) {
        return window.windowFrom().isBefore(T0.plus(Duration.ofHours(HOURS)));
    }

    private static Map<String, Map<Instant, List<Long>>> windows(List<ProfileEvent> said) {
        return said.stream()
                .filter(PiledUpIT::isPast)
                .collect(Collectors.groupingBy(
                        ProfileEvent::model,
                        Collectors.groupingBy(
                                ProfileEvent::windowFrom,
                                TreeMap::new,
                                Collectors.mapping(ProfileEvent::rows, Collectors.toList()))));
    }

    private void write(KafkaProducer<String, byte[]> producer, int number, Instant at) {
        String id = "p" + number;
        Map<String, Object> in = Map.of("x", random.nextGaussian());
        byte[] prediction = Json.bytes(Map.of("id", id, "at", at.toString(), "in", in, "out", 1));
        send(producer, "labelled", prediction, new RecordHeaders());
        send(producer, "alone", prediction, new RecordHeaders());
        send(producer, "rows", Json.bytes(Map.of("at", at.toString(), "in", in)), new RecordHeaders());
        // a logger writes the halves wherever it likes
        send(producer, "logged", "{\"instances\":[[1]]}".getBytes(StandardCharsets.UTF_8), half(id, "request", at));
        send(producer, "logged", "{\"predictions\":[1]}".getBytes(StandardCharsets.UTF_8), half(id, "response", at));
    }

    private void send(KafkaProducer<String, byte[]> producer, String topic, byte[] value, RecordHeaders headers) {
        producer.send(new ProducerRecord<>("past." + topic, random.nextInt(PARTITIONS), null, "", value, headers));
    }

    private static RecordHeaders half(String id, String type, Instant at) {
        RecordHeaders headers = new RecordHeaders();
        Map.of(
                        "ce_specversion",
                        "1.0",
                        "ce_id",
                        id,
                        "ce_source",
                        "http://localhost:9081/",
                        "ce_type",
                        "org.kubeflow.serving.inference." + type,
                        "ce_time",
                        at.toString(),
                        "content-type",
                        "application/json")
                .forEach((name, text) -> headers.add(name, text.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static Topic<?> past(String name) {
        return new Topic<>("past." + name, "id", Object.class, PARTITIONS, (short) 1, false, Topic.UNLIMITED);
    }
}
