package io.homeostat.benchmarks.gateway;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.model.artifact.FileArtifactStore;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A model of eight numbers and two categories: its requests, and what is said of it on the topics. */
final class Loans {
    /** Where it is said. */
    static final Topics TOPICS = new Topics("homeostat", 4, (short) 1);

    private static final int NUMBERS = 8;

    private Loans() {}

    /** The features as a model's spec has them. */
    static String features() {
        return IntStream.range(0, NUMBERS).mapToObj(i -> "x" + i + ": numeric").collect(Collectors.joining(", "))
                + ", car: categorical, city: categorical";
    }

    /** The artifact of a version that a model server answers for. */
    static ArtifactRef upstream(FileArtifactStore store, int port, String version) {
        String numbers = IntStream.range(0, NUMBERS)
                .mapToObj(i -> "{\"name\": \"x" + i + "\", \"kind\": \"numeric\"}, ")
                .collect(Collectors.joining());
        String description = "{\"url\": \"http://127.0.0.1:" + port + "\", \"model\": \"" + version
                + "\", \"schema\": {\"task\": \"binary\", \"positive\": \"1\", \"classes\": [\"0\", \"1\"], \"features\": ["
                + numbers + "{\"name\": \"car\", \"kind\": \"categorical\"}, "
                + "{\"name\": \"city\", \"kind\": \"categorical\"}]}}";
        return store.put(description.getBytes(StandardCharsets.UTF_8), "open-inference-upstream/1");
    }

    /** A request of one row; about 900 bytes. */
    static byte[] request(String model, int unit) {
        SplittableRandom random = new SplittableRandom(unit);
        StringBuilder body = new StringBuilder("{\"parameters\":{\"unit_id\":\"user-" + unit + "\"},\"inputs\":[");
        for (int i = 0; i < NUMBERS; i++) {
            body.append(String.format(
                    Locale.ROOT,
                    "{\"name\":\"x%d\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[%.4f]},",
                    i,
                    random.nextDouble(-1, 1)));
        }
        body.append("{\"name\":\"car\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"bmw\"]},"
                + "{\"name\":\"city\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"ulm\"]}]}");
        return OpenLoop.post("/v2/models/" + model + "/infer", body.toString());
    }

    /** Writes values to their topics, each acknowledged before the next. */
    static <V> void say(String bootstrapServers, Topic<V> topic, Map<String, V> values) throws InterruptedException {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer())) {
            for (Map.Entry<String, V> value : values.entrySet()) {
                producer.send(new ProducerRecord<>(topic.name(), value.getKey(), Json.bytes(value.getValue())))
                        .get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot write to " + topic.name(), e);
        }
    }

    /** Writes this many single predictions, each acknowledged before the next, as if they were another model's. */
    static void writeOften(String bootstrapServers, int times) throws InterruptedException {
        String topic = TOPICS.predictions().name();
        byte[] event = new byte[700];
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "linger.ms", "0"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < times; i++) {
                producer.send(new ProducerRecord<>(topic, "warm-up-" + i, event))
                        .get();
                if ((i + 1) % 5_000 == 0) {
                    System.out.printf(Locale.ROOT, "… %,d of %,d writes to warm up the broker%n", i + 1, times);
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot write to " + topic, e);
        }
    }
}
