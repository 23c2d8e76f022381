package io.homeostat.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.EmbeddedBrokerExtension;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * A model spread over partitions gets its reference from its first rows; a stop in between leaves no trace in its bytes, and
 * every partition's windows use its bins.
 */
class LearnedReferenceIT {
    @RegisterExtension
    static final EmbeddedBrokerExtension broker = new EmbeddedBrokerExtension();

    private static final Topics TOPICS = new Topics("learned-it", 3, (short) 1);
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final int ROWS = 2_900;
    private static final int LEARNED = 2_400;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // a row a second: two windows are learned from when all their rows have come, in whatever order
    private static final String SPEC = "{model: m, task: binary, features: {x: numeric},"
            + " watch: {window: 20m, reference: {rows: 2400, time: 0s, utcOffset: '+02:00'}}}";

    private final Random random = new Random(5);
    private final ModelSpec spec = ModelSpec.read(SPEC.getBytes(StandardCharsets.UTF_8));
    private final ReferenceBuilder expected = new ReferenceBuilder(SpecMapping.schema(spec), Task.BINARY)
            .withSeason(ZoneOffset.ofHours(2), Duration.ofMinutes(20));

    @TempDir
    Path state;

    @Test
    void aReferenceIsLearnedAcrossPartitionsAndARestart() {
        // given
        new TopicProvisioner(broker.bootstrapServers(), TopicProvisioner.Mode.CREATE).provision(TOPICS.all());
        try (KafkaProducer<String, byte[]> producer = producer();
                TopicReader<ProfileEvent> profiles = new TopicReader<>(broker.bootstrapServers(), TOPICS.profiles());
                TopicReader<DriftSignal> signals = new TopicReader<>(broker.bootstrapServers(), TOPICS.driftSignals());
                TopicReader<ReferenceEvent> references =
                        new TopicReader<>(broker.bootstrapServers(), TOPICS.references())) {
            producer.send(new ProducerRecord<>(TOPICS.models().name(), "m", Json.bytes(spec)));
            // when: it is stopped while the first window is learned from and the second is open
            write(producer, 0, 1_700, 0);
            run(() -> profiles.await(PATIENCE, p -> !p.isEmpty()));
            assertThat(references.values()).isEmpty();
            write(producer, 1_700, ROWS, 0);
            // what comes late is gathered until traffic has gone on for a while
            AtomicInteger row = new AtomicInteger(ROWS);
            run(() -> references.await(PATIENCE, r -> {
                write(producer, row.get(), row.incrementAndGet(), 0);
                return !r.isEmpty();
            }));
            // then
            ReferenceEvent learned = references.values().get(0);
            assertThat(learned.key()).isEqualTo("learned:m/v1");
            assertThat(learned.rows()).isEqualTo(LEARNED);
            assertThat(learned.profile()).isEqualTo(expected.build("v1").toBytes());
            // and what changes later is found, as all partitions use its bins once their windows begin after it
            write(producer, row.get(), ROWS + 8_100, 2);
            run(() -> signals.await(PATIENCE, s -> drifted(s).containsAll(Set.of("psi", "ks"))));
            assertThat(references.values()).hasSize(1);
        }
    }

    private static Set<String> drifted(List<DriftSignal> signals) {
        return signals.stream()
                .filter(DriftSignal::drifted)
                .map(DriftSignal::test)
                .collect(Collectors.toSet());
    }

    private void run(Runnable until) {
        KafkaStreams streams = Topologies.application(
                TOPICS,
                List.of(new DetectorPart(UserTopics.of(TOPICS, ""), Duration.ofSeconds(2))),
                Topologies.settings(
                        TOPICS, "learned-it", broker.bootstrapServers(), state.toString(), 2, Duration.ofMillis(100)));
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

    private void write(KafkaProducer<String, byte[]> producer, int from, int to, double shift) {
        for (int i = from; i < to; i++) {
            Instant at = T0.plusSeconds(i);
            Map<String, Object> features = Map.of("x", random.nextGaussian() + shift);
            PredictionEvent event = DetectorDriver.prediction("m", "p" + i, at, features, "v1", "1");
            producer.send(new ProducerRecord<>(TOPICS.predictions().name(), "p" + i, Json.bytes(event)));
            if (i < LEARNED) {
                expected.add(at, features, null, "1", null);
            }
        }
        producer.flush();
    }
}
