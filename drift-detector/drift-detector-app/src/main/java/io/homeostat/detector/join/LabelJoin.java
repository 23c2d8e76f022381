package io.homeostat.detector.join;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.detector.ingest.SpecLookup;
import io.micrometer.core.instrument.Metrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins labels with predictions by id. A label may come before its prediction, or late by up to the label horizon; the
 * same label twice and one that contradicts without saying that it corrects are set aside. Each side is forgotten once
 * the horizon has passed in event time, so the store holds one horizon of traffic; a label that no prediction came for
 * is set aside then.
 *
 * <p>Forwards each accepted {@link PredictionEvent}, each {@link LabelledEvent}, and {@link DeadLetter}s.
 */
public final class LabelJoin extends ContextualProcessor<String, Object, String, Object> {
    /** Store of what is known per prediction. */
    public static final String STATES = "drift-detector.join";
    /** Store of when to forget it: expiry time and key. */
    public static final String EXPIRIES = "drift-detector.join-expiries";

    private static final Duration SWEEP = Duration.ofSeconds(1);
    private static final int MOST_PER_SWEEP = 20_000;

    private final Topics topics;

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, JoinState> states;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<Bytes, byte[]> expiries;

    public LabelJoin(Topics topics) {
        this.topics = topics;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        specs = new SpecLookup(context, topics);
        states = context.getStateStore(STATES);
        expiries = context.getStateStore(EXPIRIES);
        context.schedule(SWEEP, PunctuationType.STREAM_TIME, this::sweep);
    }

    @Override
    public void process(Record<String, Object> record) {
        JoinState known = states.get(record.key());
        if (record.value() instanceof PredictionEvent prediction) {
            onPrediction(record, prediction, known == null ? new JoinState(null, null, null, 0) : known);
        } else if (record.value() instanceof LabelEvent label) {
            onLabel(record, label, known == null ? new JoinState(null, null, null, 0) : known);
        }
    }

    private void onPrediction(Record<String, Object> record, PredictionEvent prediction, JoinState known) {
        if (known.prediction() != null) {
            dead(
                    record,
                    prediction.predictionId(),
                    Reason.DUPLICATE_PREDICTION,
                    "predictionId: '" + prediction.predictionId() + "' was used at "
                            + known.prediction().eventTime() + "; ids are unique per model");
            return;
        }
        keep(record, prediction, known.label(), known.labelOrigin(), prediction.eventTime(), known);
        Metrics.counter("homeostat.detector.predictions", "model", prediction.model())
                .increment();
        context().forward(record);
        if (known.label() != null) {
            joined(record, prediction, known.label(), false);
        }
    }

    private void onLabel(Record<String, Object> record, LabelEvent label, JoinState known) {
        LabelEvent before = known.label();
        if (before == null) {
            if (known.prediction() != null && isTooLate(label, known.prediction())) {
                dead(
                        record,
                        label.predictionId(),
                        Reason.INVALID_TIME,
                        "labelTime: " + label.labelTime() + " is later than the label horizon after the prediction at "
                                + known.prediction().eventTime() + "; a longer source.labelHorizon would take it");
                return;
            }
            keep(
                    record,
                    known.prediction(),
                    label,
                    DeadLetters.originOf(record),
                    known.prediction() == null
                            ? label.labelTime()
                            : known.prediction().eventTime(),
                    known);
            if (known.prediction() != null) {
                joined(record, known.prediction(), label, false);
            }
            return;
        }
        again(record, label, before, known);
    }

    private void again(Record<String, Object> record, LabelEvent label, LabelEvent before, JoinState known) {
        String correctionOf = label.correctionOfText();
        if (correctionOf != null && correctionOf.equals(before.labelText())) {
            states.put(
                    record.key(),
                    new JoinState(known.prediction(), label, DeadLetters.originOf(record), known.expiresAtMillis()));
            if (known.prediction() != null) {
                joined(record, known.prediction(), label, true);
            }
        } else if (label.labelText().equals(before.labelText())) {
            dead(
                    record,
                    label.predictionId(),
                    Reason.DUPLICATE_LABEL,
                    "label: '" + label.labelText() + "' was said before, at " + before.labelTime());
        } else {
            dead(
                    record,
                    label.predictionId(),
                    Reason.CONTRADICTING_LABEL,
                    "label: '" + label.labelText() + "' contradicts '" + before.labelText() + "' of "
                            + before.labelTime() + "; send it with correctionOf: '" + before.labelText()
                            + "' to correct that");
        }
    }

    private boolean isTooLate(LabelEvent label, PredictionEvent prediction) {
        return label.labelTime().isAfter(prediction.eventTime().plus(horizon(label.model())));
    }

    private Duration horizon(String model) {
        return specs.of(model)
                .map(ModelSpec::source)
                .map(s -> s.labelHorizon().value())
                .orElse(Duration.ofDays(1));
    }

    private void keep(
            Record<String, Object> record,
            @org.jspecify.annotations.Nullable PredictionEvent prediction,
            @org.jspecify.annotations.Nullable LabelEvent label,
            @org.jspecify.annotations.Nullable String labelOrigin,
            Instant from,
            JoinState known) {
        String model = record.key().substring(0, record.key().indexOf('/'));
        long expires =
                Math.max(known.expiresAtMillis(), from.plus(horizon(model)).toEpochMilli() + 1);
        if (known.expiresAtMillis() != 0 && known.expiresAtMillis() != expires) {
            expiries.delete(expiryKey(known.expiresAtMillis(), record.key()));
        }
        states.put(record.key(), new JoinState(prediction, label, labelOrigin, expires));
        expiries.put(expiryKey(expires, record.key()), new byte[0]);
    }

    private void joined(
            Record<String, Object> record, PredictionEvent prediction, LabelEvent label, boolean correction) {
        context()
                .forward(record.withKey(prediction.predictionId())
                        .withValue(new LabelledEvent(prediction, label.labelText(), label.labelTime(), correction))
                        .withTimestamp(Math.max(0, label.labelTime().toEpochMilli())));
    }

    private void dead(Record<String, Object> record, String key, Reason reason, String message) {
        context()
                .forward(record.withKey(key)
                        .withValue(DeadLetters.letter(
                                DeadLetters.originOf(record),
                                key,
                                record.value(),
                                reason,
                                message,
                                Instant.ofEpochMilli(record.timestamp()))));
    }

    private void sweep(long streamTimeMillis) {
        List<Bytes> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> range =
                expiries.range(expiryKey(0, ""), expiryKey(streamTimeMillis, ""))) {
            while (range.hasNext() && due.size() < MOST_PER_SWEEP) {
                KeyValue<Bytes, byte[]> next = range.next();
                due.add(next.key);
            }
        }
        for (Bytes key : due) {
            forget(key, streamTimeMillis);
        }
    }

    private void forget(Bytes expiryKey, long streamTimeMillis) {
        String key = new String(expiryKey.get(), 8, expiryKey.get().length - 8, StandardCharsets.UTF_8);
        JoinState state = states.get(key);
        if (state != null && state.prediction() == null && state.label() != null) {
            LabelEvent label = state.label();
            DeadLetter letter = DeadLetters.letter(
                    state.labelOrigin() == null ? "" : state.labelOrigin(),
                    label.predictionId(),
                    label,
                    Reason.LABEL_WITHOUT_PREDICTION,
                    "predictionId: no prediction '" + label.predictionId() + "' came within the label horizon",
                    Instant.ofEpochMilli(streamTimeMillis));
            context().forward(new Record<>(label.predictionId(), (Object) letter, streamTimeMillis));
        }
        states.delete(key);
        expiries.delete(expiryKey);
    }

    private static Bytes expiryKey(long millis, String key) {
        byte[] text = key.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(
                ByteBuffer.allocate(8 + text.length).putLong(millis).put(text).array());
    }
}
