package io.homeostat.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.EmbeddedBrokerExtension;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.Topologies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every label joins exactly once, also when the detector is stopped and started in between. */
class DetectorIT {
    @RegisterExtension
    static final EmbeddedBrokerExtension broker = new EmbeddedBrokerExtension();

    private static final Topics TOPICS = new Topics("detector-it", 2, (short) 1);
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final int ROWS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path state;

    @Test
    void everyLabelJoinsExactlyOnceAcrossARestart() {
        // given
        new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE).provision(TOPICS.all());
        try (KafkaProducer<String, byte[]> producer = producer();
                TopicReader<LabelledEvent> labelled = new TopicReader<>(broker.bootstrapServers(), TOPICS.labelled());
                TopicReader<DeadLetter> dead = new TopicReader<>(broker.bootstrapServers(), TOPICS.deadLetters())) {
            register(producer);
            // when: all predictions and a half of the labels are there at the first run, the rest at the second
            predictions(producer);
            labels(producer, 0, ROWS / 2);
            run(() -> labelled.await(PATIENCE, l -> l.size() >= ROWS / 2));
            labels(producer, ROWS / 2, ROWS);
            // and a label once more, as the sign that everything before it was read
            labels(producer, ROWS - 2, ROWS);
            run(() -> {
                labelled.await(PATIENCE, l -> l.size() >= ROWS);
                dead.await(PATIENCE, d -> d.size() >= 2);
            });
            // then
            List<String> ids = labelled.await(PATIENCE, l -> l.size() >= ROWS).stream()
                    .map(l -> l.prediction().predictionId())
                    .toList();
            assertThat(ids).hasSize(ROWS).doesNotHaveDuplicates();
            assertThat(dead.values()).extracting(DeadLetter::reason).containsOnly(DeadLetter.Reason.DUPLICATE_LABEL);
        }
    }

    private void run(Runnable until) {
        KafkaStreams streams = Topologies.application(
                TOPICS,
                List.of(new DetectorPart(UserTopics.of(TOPICS, ""), Duration.ofSeconds(2))),
                Topologies.settings(
                        TOPICS, "detector-it", broker.bootstrapServers(), state.toString(), 2, Duration.ofMillis(100)));
        streams.start();
        try {
            until.run();
        } finally {
            assertThat(streams.close(Duration.ofSeconds(30))).isTrue();
        }
    }

    private static KafkaProducer<String, byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    private static void register(KafkaProducer<String, byte[]> producer) {
        ModelSpec spec =
                ModelSpec.read("{model: m, task: binary, features: {x: numeric}}".getBytes(StandardCharsets.UTF_8));
        producer.send(new ProducerRecord<>(TOPICS.models().name(), "m", Json.bytes(spec)));
        producer.flush();
    }

    private static void predictions(KafkaProducer<String, byte[]> producer) {
        for (int i = 0; i < ROWS; i++) {
            PredictionEvent event =
                    DetectorDriver.prediction("m", "p" + i, T0.plusSeconds(i), Map.of("x", 1.0 * i), "v1", "1");
            producer.send(new ProducerRecord<>(TOPICS.predictions().name(), "p" + i, Json.bytes(event)));
        }
        producer.flush();
    }

    private static void labels(KafkaProducer<String, byte[]> producer, int from, int to) {
        for (int i = from; i < to; i++) {
            LabelEvent event = new LabelEvent("p" + i, "m", i % 2, T0.plusSeconds(i + 60), null);
            producer.send(new ProducerRecord<>(TOPICS.labels().name(), "p" + i, Json.bytes(event)));
        }
        producer.flush();
    }
}
