package io.homeostat.detector;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.store.Storage;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.detector.join.LabelJoin;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/**
 * The detector's topology alone, told about models, predictions and labels in few words. Its stores are in memory: the
 * driver commits after every record, and would flush RocksDB each time.
 */
final class DetectorDriver implements AutoCloseable {
    private static final int RECORDS_BETWEEN = 50;
    static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);
    static final UserTopics USER_TOPICS = UserTopics.of(TOPICS, "my\\..*");
    static final ArtifactRef ARTIFACT = new ArtifactRef("ab".repeat(32), "homeostat-lightgbm/1", 1);
    static final Duration PATIENCE = Duration.ofMinutes(1);
    static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    /** What the wall clock says at first. */
    static final Instant NOW = T0.plus(Duration.ofDays(3));

    private final TopologyTestDriver driver;
    private final Map<String, TestOutputTopic<String, ?>> outputs = new LinkedHashMap<>();
    private long revision;
    private int sent;
    private Instant now = NOW;

    DetectorDriver(Path state) {
        this(state, TOPICS);
    }

    /** One that expects so many partitions, of which the driver has but one. */
    DetectorDriver(Path state, Topics topics) {
        this(state, topics, Duration.ZERO);
    }

    /** One that waits so long for partitions that lag. */
    DetectorDriver(Path state, Topics topics, Duration patience) {
        driver = new TopologyTestDriver(
                Topologies.of(topics, List.of(new DetectorPart(USER_TOPICS, Storage.MEMORY, patience))),
                settings(state),
                NOW);
    }

    private static Properties settings(Path state) {
        return Topologies.settings(TOPICS, "test", "nowhere:1", state.toString(), 1, Duration.ofMillis(100));
    }

    void register(String yaml) {
        ModelSpec spec = ModelSpec.read(yaml.getBytes(StandardCharsets.UTF_8));
        send(TOPICS.models(), spec.model(), Json.text(spec));
    }

    void reference(ReferenceEvent event) {
        send(TOPICS.references(), ReferenceEvent.key(event.model(), event.modelVersion()), Json.text(event));
    }

    void route(String model, String champion, @Nullable String challenger) {
        route(model, champion, challenger, ++revision);
    }

    void repeatRoute(String model, String champion, long oldRevision) {
        route(model, champion, null, oldRevision);
    }

    private void route(String model, String champion, @Nullable String challenger, long number) {
        Route.Target other = challenger == null ? null : new Route.Target(challenger, ARTIFACT);
        Route route = new Route(
                model,
                number,
                T0,
                new Route.Target(champion, ARTIFACT),
                other,
                other == null ? 0 : 5,
                false,
                null,
                null,
                null,
                "a test");
        send(TOPICS.routes(), model, Json.text(route));
    }

    static PredictionEvent prediction(
            String model, String id, Instant at, Map<String, Object> features, String version, String output) {
        return new PredictionEvent(
                id,
                model,
                at,
                features,
                new PredictionEvent.Answer(version, null, output, null, null, 200, 1.0),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                1);
    }

    void prediction(PredictionEvent event) {
        send(TOPICS.predictions(), event.predictionId(), Json.text(event));
    }

    void label(String model, String id, Object label, Instant at) {
        label(model, id, label, at, null);
    }

    void label(String model, String id, Object label, Instant at, @Nullable Object correctionOf) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("predictionId", id);
        event.put("model", model);
        event.put("label", label);
        event.put("labelTime", at.toString());
        if (correctionOf != null) {
            event.put("correctionOf", correctionOf);
        }
        send(TOPICS.labels(), id, Json.text(event));
    }

    /** The driver keeps whatever was written, and states are written after every record: gigabytes of no use to a test. */
    private void forgetChangelogs() {
        if (++sent % RECORDS_BETWEEN == 0) {
            driver.producedTopicNames().stream()
                    .filter(name -> name.endsWith("-changelog"))
                    .forEach(name -> driver.createOutputTopic(
                                    name, new ByteArrayDeserializer(), new ByteArrayDeserializer())
                            .readRecordsToList());
        }
    }

    void send(Topic<?> topic, String key, String json) {
        send(topic, key, json, new RecordHeaders());
    }

    void send(Topic<?> topic, String key, String json, RecordHeaders headers) {
        forgetChangelogs();
        driver.createInputTopic(topic.name(), new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>(key, json, headers, T0));
    }

    /** A minute passes by the wall clock: nothing more is waited for. */
    void waitForTheLate() {
        driver.advanceWallClockTime(Duration.ofMinutes(1));
        now = now.plus(Duration.ofMinutes(1));
    }

    /** What the wall clock says. */
    Instant now() {
        return now;
    }

    /** A record of a user's own, on a topic {@code my.*}. */
    void user(String topic, @Nullable String key, Map<String, String> headers, @Nullable String value, Instant at) {
        forgetChangelogs();
        RecordHeaders own = new RecordHeaders();
        headers.forEach((name, text) -> own.add(name, text.getBytes(StandardCharsets.UTF_8)));
        driver.createInputTopic(topic, new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>(key, value, own, at));
    }

    /** What was written to a topic since it was last asked for. */
    @SuppressWarnings("unchecked")
    <V> List<V> read(Topic<V> topic) {
        return ((TestOutputTopic<String, V>) outputs.computeIfAbsent(
                        topic.name(),
                        name -> driver.createOutputTopic(
                                name,
                                new StringDeserializer(),
                                topic.valueSerde().deserializer())))
                .readValuesToList();
    }

    List<LabelledEvent> labelled() {
        return read(TOPICS.labelled());
    }

    /** How many predictions and labels the join keeps. */
    long kept() {
        try (var all = driver.getKeyValueStore(LabelJoin.STATES).all()) {
            long count = 0;
            for (; all.hasNext(); all.next()) {
                count++;
            }
            return count;
        }
    }

    List<DeadLetter> dead() {
        return read(TOPICS.deadLetters());
    }

    @Override
    public void close() {
        driver.close();
    }
}
