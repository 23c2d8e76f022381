package io.homeostat.benchmarks.drift.throughput;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Topics filled with models and their predictions: twenty normal numbers of about six digits, a score and a class, in turn
 * from each model, each of which has a champion with a reference.
 *
 * @param topics where it is written; their prefix is all that tells two traffics on a broker apart
 * @param models how many
 * @param events in all
 * @param rowsPerWindow of each model
 * @param labels whether labels are awaited, so that each prediction is kept for the join
 */
record Traffic(Topics topics, int models, int events, int rowsPerWindow, boolean labels) {
    static final int FEATURES = 20;

    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final long WINDOW_NANOS = 60_000_000_000L;
    private static final int REFERENCE_ROWS = 5_000;
    private static final String VERSION = "v1";

    /** Writes it. */
    void fill(String bootstrapServers) {
        new TopicProvisioner(bootstrapServers, TopicProvisioner.Mode.CREATE).provision(topics.all());
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 5, "batch.size", 1 << 16),
                new StringSerializer(),
                new ByteArraySerializer())) {
            byte[] reference = reference();
            for (int model = 0; model < models; model++) {
                register(producer, name(model), reference);
            }
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < events; i++) {
                String id = "prediction-" + i;
                producer.send(new ProducerRecord<>(
                        topics.predictions().name(), id, Json.bytes(prediction(id, name(i % models), i, random))));
            }
        }
    }

    private static String name(int model) {
        return "model-" + model;
    }

    private void register(KafkaProducer<String, byte[]> producer, String model, byte[] reference) {
        Route.Target champion = new Route.Target(VERSION, new ArtifactRef("ab".repeat(32), "none/1", 1));
        Route route = new Route(model, 1, START, champion, null, 0, false, null, null, null, "first champion");
        send(producer, topics.models().name(), model, spec(model));
        send(
                producer,
                topics.references().name(),
                ReferenceEvent.key(model, VERSION),
                new ReferenceEvent(model, VERSION, START, REFERENCE_ROWS, reference));
        send(producer, topics.routes().name(), model, route);
    }

    private static void send(KafkaProducer<String, byte[]> producer, String topic, String key, Object event) {
        producer.send(new ProducerRecord<>(topic, key, Json.bytes(event)));
    }

    private ModelSpec spec(String model) {
        String features = IntStream.range(0, FEATURES)
                .mapToObj(i -> "f" + i + ": numeric")
                .collect(Collectors.joining(", "));
        String source = labels ? "" : "source: {labels: none}, ";
        String yaml =
                "{model: " + model + ", task: binary, " + source + "features: {" + features + "}, watch: {window: 1m}}";
        return ModelSpec.read(yaml.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] reference() {
        SplittableRandom random = new SplittableRandom(2);
        ReferenceBuilder builder = new ReferenceBuilder(SpecMapping.schema(spec("any")), Task.BINARY);
        for (int i = 0; i < REFERENCE_ROWS; i++) {
            builder.add(features(random), random.nextDouble(), "1", null);
        }
        return builder.build(VERSION, START, START).toBytes();
    }

    private PredictionEvent prediction(String id, String model, int number, SplittableRandom random) {
        double score = rounded(random.nextDouble());
        PredictionEvent.Answer answer = new PredictionEvent.Answer(
                VERSION, null, score > 0.5 ? "1" : "0", score, null, 200, rounded(1 + random.nextDouble()));
        Instant at = START.plusNanos(number / models * (WINDOW_NANOS / rowsPerWindow));
        return new PredictionEvent(
                id, model, at, features(random), answer, null, null, null, null, null, null, null, null, 1);
    }

    private static Map<String, Object> features(SplittableRandom random) {
        Map<String, Object> features = new LinkedHashMap<>();
        for (int i = 0; i < FEATURES; i++) {
            features.put("f" + i, rounded(random.nextGaussian()));
        }
        return features;
    }

    private static double rounded(double value) {
        return Math.round(value * 1e5) / 1e5;
    }
}
