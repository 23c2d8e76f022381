package io.homeostat.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.EmbeddedBrokerExtension;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.detector.profile.ModelFact;
import io.homeostat.detector.profile.ModelFact.PartialWindow;
import io.homeostat.detector.profile.ModelFactSerde;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * State survives a crash exactly: a detector that is killed twice in the middle of its windows says of each partition's
 * windows the same bytes as one that nothing happened to, and all partitions have their share in each.
 */
class CrashIT {
    @RegisterExtension
    static final EmbeddedBrokerExtension broker = new EmbeddedBrokerExtension();

    private static final int PARTITIONS = 3;
    private static final int ROWS = 60_000;
    private static final int WINDOWS = 60;
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path state;

    @Test
    void aKilledDetectorGoesOnExactlyWhereItWas() throws IOException, InterruptedException {
        // given the same input twice
        Topics calm = filled("calm");
        Topics stormy = filled("stormy");
        // when
        Map<String, String> expected = run(calm);
        Map<String, String> found = run(stormy, WINDOWS / 10, WINDOWS / 2);
        // then
        assertThat(expected).hasSize(WINDOWS * PARTITIONS);
        assertThat(found).isEqualTo(expected);
        assertThat(rowsPerWindow(stormy)).isEqualTo(rowsPerWindow(calm)).hasSize(WINDOWS);
        assertThat(rowsPerWindow(calm).values()).containsOnly((long) ROWS / WINDOWS);
    }

    /** Runs a detector until all windows are closed, killed when so many shares of windows are there times partitions. */
    private Map<String, String> run(Topics topics, int... killedAt) throws IOException, InterruptedException {
        DetectorProcess detector =
                new DetectorProcess(topics, broker.bootstrapServers(), state.resolve(topics.prefix()));
        Process running = detector.start();
        try (TopicReader<ModelFact> shares = shares(topics)) {
            for (int kill : killedAt) {
                int seen = shares.await(PATIENCE, s -> s.size() >= kill * PARTITIONS)
                        .size();
                running.destroyForcibly().waitFor();
                assertThat(seen).as("killed in the middle").isLessThan(WINDOWS * PARTITIONS);
                running = detector.start();
            }
            List<ModelFact> all = shares.await(PATIENCE, s -> s.size() >= WINDOWS * PARTITIONS);
            try (TopicReader<ProfileEvent> profiles = new TopicReader<>(broker.bootstrapServers(), topics.profiles())) {
                profiles.await(PATIENCE, p -> p.size() >= WINDOWS);
            }
            return all.stream()
                    .map(PartialWindow.class::cast)
                    .collect(Collectors.toMap(
                            share -> share.windowFrom() + " of partition " + share.partition(),
                            share -> sha256(share.profile()),
                            (a, b) -> a + " and again " + b,
                            TreeMap::new));
        } finally {
            running.destroyForcibly().waitFor();
        }
    }

    private static String sha256(byte[] profile) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(profile));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<Instant, Long> rowsPerWindow(Topics topics) {
        try (TopicReader<ProfileEvent> profiles = new TopicReader<>(broker.bootstrapServers(), topics.profiles())) {
            return profiles.await(PATIENCE, p -> p.size() >= WINDOWS).stream()
                    .collect(Collectors.toMap(ProfileEvent::windowFrom, ProfileEvent::rows, Long::sum, TreeMap::new));
        }
    }

    /** What the partitions say to the model's key, which is there once the detector has made its topics. */
    private static TopicReader<ModelFact> shares(Topics topics) {
        String name = topics.prefix() + "-drift-detector.model-facts-at-source-repartition";
        try (Admin admin = broker.admin()) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> admin.listTopics().names().get().contains(name));
        }
        return new TopicReader<>(broker.bootstrapServers(), name, new ModelFactSerde());
    }

    private static Topics filled(String prefix) {
        Topics topics = new Topics(prefix, PARTITIONS, (short) 1, false); // rows of the past
        new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE).provision(topics.all());
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            ModelSpec spec = ModelSpec.read(("{model: hot, task: binary, features: {x: numeric, city: categorical},"
                            + " source: {labels: none}, watch: {window: " + WINDOW.toSeconds() + "s}}")
                    .getBytes(StandardCharsets.UTF_8));
            producer.send(new ProducerRecord<>(topics.models().name(), "hot", Json.bytes(spec)));
            SplittableRandom random = new SplittableRandom(1);
            // known from the start: one that is learned would give its bins to whatever window begins after it
            ReferenceEvent reference = reference(SpecMapping.schema(spec), random);
            producer.send(new ProducerRecord<>(topics.references().name(), reference.key(), Json.bytes(reference)));
            long stepNanos = WINDOW.toNanos() * WINDOWS / ROWS;
            for (int i = 0; i < ROWS; i++) {
                send(producer, topics, i, T0.plusNanos(i * stepNanos), random);
            }
            // a row far ahead on each partition closes the last windows
            for (int i = 0; i < PARTITIONS; i++) {
                send(producer, topics, ROWS + i, T0.plus(WINDOW.multipliedBy(WINDOWS + 5)), random);
            }
        }
        return topics;
    }

    private static ReferenceEvent reference(Schema schema, SplittableRandom random) {
        ReferenceBuilder builder = new ReferenceBuilder(schema, Task.BINARY);
        for (int i = 0; i < 1_000; i++) {
            builder.add(features(random), null, "1", null);
        }
        return new ReferenceEvent(
                "hot", "v1", T0, 1_000, builder.build("v1", T0, T0).toBytes());
    }

    private static Map<String, Object> features(SplittableRandom random) {
        return Map.of("x", random.nextGaussian(), "city", "c" + random.nextInt(40));
    }

    private static void send(
            KafkaProducer<String, byte[]> producer, Topics topics, int number, Instant at, SplittableRandom random) {
        PredictionEvent event = DetectorDriver.prediction("hot", "p" + number, at, features(random), "v1", "1");
        producer.send(new ProducerRecord<>(
                topics.predictions().name(), number % PARTITIONS, event.predictionId(), Json.bytes(event)));
    }
}
