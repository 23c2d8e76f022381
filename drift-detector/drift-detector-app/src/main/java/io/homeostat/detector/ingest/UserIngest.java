package io.homeostat.detector.ingest;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TopicSource;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.Progress;
import io.homeostat.backbone.topology.Received;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.detector.ingest.mapping.InferenceHalf;
import io.homeostat.detector.ingest.mapping.Message;
import io.homeostat.detector.ingest.mapping.MisfitException;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Maps the users' own records as the specs say that name their topic. Forwards predictions and labels in Homeostat's form,
 * feature rows and halves of logged requests, each with the bytes that it is written in, and {@link DeadLetter}s that name the
 * spec's field and where it points. A record that some spec names the topic of, but means by no condition, is counted and passed
 * over.
 */
public final class UserIngest extends ContextualProcessor<String, byte[], String, Object> {
    /** How often it is looked at which topics the specs name. */
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Topics topics;
    private final Consumer<Set<String>> named;
    private final Map<String, Cached> readings = new HashMap<>();

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    /** @param named told of the topics that specs name */
    public UserIngest(Topics topics, Consumer<Set<String>> named) {
        this.topics = topics;
        this.named = named;
    }

    /** A topic's readings, as long as the specs are the same. */
    private record Cached(List<ModelSpec> specs, List<Reading> readings) {}

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        specs = new SpecLookup(context, topics);
        context.schedule(LOOK, PunctuationType.WALL_CLOCK_TIME, now -> named.accept(specs.topics()));
    }

    @Override
    public void process(Record<String, byte[]> record) {
        String topic = context().recordMetadata().map(RecordMetadata::topic).orElse("");
        List<Reading> all = readings(topic);
        if (all.isEmpty()) {
            dead(
                    record,
                    Reason.UNKNOWN_MODEL,
                    "no spec names the topic '" + topic + "' as its source; PUT one that does"
                            + " to /api/v1/models/{model}, or take the topic out of homeostat.sources.topics");
            return;
        }
        byte @Nullable [] value = record.value();
        if (value != null && value.length > Topic.MOST_EVENT_BYTES) {
            dead(record, Reason.UNREADABLE, DeadLetters.tooLarge(value.length, Topic.MOST_EVENT_BYTES));
            return;
        }
        try {
            Message message = Message.read(record);
            List<Reading> meant = all.stream().filter(r -> r.means(message)).toList();
            if (meant.isEmpty()) {
                Metrics.counter("homeostat.detector.records.passed").increment();
            }
            read(record, message, meant);
        } catch (InvalidValueException e) {
            dead(record, Reason.UNREADABLE, String.valueOf(e.getMessage()));
        }
    }

    private List<Reading> readings(String topic) {
        List<ModelSpec> reading = specs.reading(topic);
        Cached cached = readings.get(topic);
        if (cached == null || cached.specs() != reading) {
            cached = new Cached(
                    reading,
                    reading.stream().flatMap(spec -> readings(spec, topic)).toList());
            readings.put(topic, cached);
        }
        return cached.readings();
    }

    private static Stream<Reading> readings(ModelSpec spec, String topic) {
        return spec.source().all().stream()
                .filter(source -> source.topic().equals(topic))
                .map(source -> new Reading(spec, source));
    }

    private void read(Record<String, byte[]> record, Message message, List<Reading> meant) {
        Set<Class<? extends TopicSource>> natives = new HashSet<>();
        for (Reading reading : meant) {
            if (reading.isNative() && !natives.add(reading.kind())) {
                continue;
            }
            try {
                forward(record, reading.of(message, DeadLetters.originOf(record)));
            } catch (MisfitException e) {
                dead(record, e.reason(), "model " + reading.model() + ", " + e.text());
            } catch (InvalidValueException e) {
                dead(record, Reason.UNREADABLE, "model " + reading.model() + ", " + e.getMessage());
            }
        }
    }

    private void forward(Record<String, byte[]> record, Object event) {
        // it has the spec's names, and may be much larger than what it was made of
        byte[] json = Json.bytes(event);
        if (json.length > Topic.MOST_EVENT_BYTES) {
            dead(record, Reason.UNREADABLE, DeadLetters.tooLarge(json.length, Topic.MOST_EVENT_BYTES));
        } else if (event instanceof PredictionEvent prediction) {
            written(record, prediction.predictionId(), new Received<>(prediction, json));
        } else if (event instanceof LabelEvent label) {
            written(record, label.predictionId(), new Received<>(label, json));
        } else if (event instanceof FeatureRow row) {
            timed(record, DeadLetters.originOf(record), new Received<>(row, json), row.time());
        } else if (event instanceof InferenceHalf half) {
            timed(record, half.model() + "/" + half.id(), new Received<>(half, json), half.time());
        }
    }

    /** To Homeostat's own topics, where it is held against its spec like everything that is written there. */
    private void written(Record<String, byte[]> record, String id, Received<?> event) {
        long now = context().currentSystemTimeMs();
        Record<String, Object> written = new Record<>(
                id, event, Math.min(record.timestamp(), now), DeadLetters.standingFor(DeadLetters.originOf(record)));
        Progress.stamp(written, now);
        context().forward(written);
    }

    private void timed(Record<String, byte[]> record, String key, Received<?> event, Instant time) {
        Optional<Validation.Problem> problem =
                Validation.time("time", time, context().currentSystemTimeMs());
        if (problem.isPresent()) {
            dead(record, problem.get().reason(), problem.get().message());
            return;
        }
        long timestamp = Math.min(time.toEpochMilli(), now().toEpochMilli());
        context().forward(new Record<>(key, event, timestamp, record.headers()));
    }

    private Instant now() {
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }

    private void dead(Record<String, byte[]> record, Reason reason, String message) {
        DeadLetter letter = DeadLetters.letter(
                DeadLetters.originOf(record),
                record.key(),
                DeadLetters.payload(record.value()),
                reason,
                message,
                now());
        context()
                .forward(new Record<>(
                        record.key(), (Object) letter, Math.min(record.timestamp(), now().toEpochMilli())));
    }
}
