package io.homeostat.detector.join;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionReader;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.store.Agenda;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.Partitions;
import io.homeostat.backbone.topology.Progress;
import io.homeostat.backbone.topology.Received;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.detector.ingest.Watermark;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins labels with predictions by id. A label may come before its prediction, or late by up to the label horizon; the
 * same label twice and one that contradicts without saying that it corrects are set aside. Each side is forgotten once
 * the horizon has passed in the model's event time, so the store holds one horizon of traffic; a label that no prediction came for
 * is set aside then.
 *
 * <p>Forwards each accepted {@link PredictionEvent}, each {@link LabelledEvent}, and {@link DeadLetter}s.
 */
public final class LabelJoin extends ContextualProcessor<String, Object, String, Object> {
    /** Store of what is known per prediction. */
    public static final String STATES = "drift-detector.join";
    /** Store of when to forget it. */
    public static final String EXPIRIES = "drift-detector.join-agenda";

    private final Topics topics;
    private final PredictionReader reader = new PredictionReader();
    private final Duration patience;
    private final Partitions partitions = new Partitions();

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, JoinState> states;

    @SuppressWarnings("NullAway.Init")
    private Expiries expiries;

    /** @param patience how long partitions are waited for, see {@link Watermark} */
    public LabelJoin(Topics topics, Duration patience) {
        this.topics = topics;
        this.patience = patience;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        specs = new SpecLookup(context, topics);
        states = context.getStateStore(STATES);
        Agenda agenda = context.getStateStore(EXPIRIES);
        expiries = new Expiries(agenda, patience);
    }

    @Override
    public void process(Record<String, Object> record) {
        JoinState stored = states.get(record.key());
        JoinState known = stored == null ? JoinState.NOTHING : stored;
        Received<?> received = (Received<?>) record.value();
        if (received.event() instanceof PredictionEvent prediction) {
            onPrediction(record, prediction, new KeptPrediction(new Received<>(prediction, received.json())), known);
        } else if (received.event() instanceof LabelEvent label) {
            onLabel(record, label, known);
        }
        String model = modelOf(record.key());
        long now = context().currentSystemTimeMs();
        for (String due : expiries.advance(model, Progress.of(record, partitions, now), now)) {
            forget(due, expiries.time(model), record.timestamp());
        }
    }

    private void onPrediction(
            Record<String, Object> record, PredictionEvent prediction, KeptPrediction kept, JoinState known) {
        KeptPrediction before = known.prediction();
        if (before != null) {
            String message = "predictionId: '" + prediction.predictionId() + "' was used at "
                    + before.event(reader).eventTime()
                    + "; ids are unique per model";
            dead(record, prediction.predictionId(), Reason.DUPLICATE_PREDICTION, message);
            return;
        }
        context().forward(record.withValue(prediction));
        LabelEvent label = known.label();
        if (label != null && isTooLate(label, prediction)) {
            keep(record, known.withoutLabel().withPrediction(kept), prediction.eventTime());
            setAside(known, label, Reason.INVALID_TIME, tooLate(label, prediction), record.timestamp());
            return;
        }
        keep(record, known.withPrediction(kept), prediction.eventTime());
        if (label != null) {
            joined(record, prediction, label, false);
        }
    }

    private void onLabel(Record<String, Object> record, LabelEvent label, JoinState known) {
        KeptPrediction kept = known.prediction();
        PredictionEvent prediction = kept == null ? null : kept.event(reader);
        LabelEvent before = known.label();
        if (prediction != null && isTooLate(label, prediction)) {
            dead(record, label.predictionId(), Reason.INVALID_TIME, tooLate(label, prediction));
        } else if (before != null) {
            again(record, label, before, known);
        } else {
            Instant from = prediction == null ? label.labelTime() : prediction.eventTime();
            keep(record, known.withLabel(label, DeadLetters.originOf(context(), record)), from);
            if (prediction != null) {
                joined(record, prediction, label, false);
            }
        }
    }

    private void again(Record<String, Object> record, LabelEvent label, LabelEvent before, JoinState known) {
        String was = before.labelText();
        if (was.equals(label.correctionOfText())) {
            states.put(record.key(), known.withLabel(label, DeadLetters.originOf(context(), record)));
            KeptPrediction kept = known.prediction();
            if (kept != null) {
                joined(record, kept.event(reader), label, true);
            }
        } else if (label.labelText().equals(was)) {
            String message = "label: '" + was + "' was said before, at " + before.labelTime();
            dead(record, label.predictionId(), Reason.DUPLICATE_LABEL, message);
        } else {
            String message = "label: '" + label.labelText() + "' contradicts '" + was + "' of " + before.labelTime()
                    + "; send it with correctionOf: '" + was + "' to correct that";
            dead(record, label.predictionId(), Reason.CONTRADICTING_LABEL, message);
        }
    }

    private boolean isTooLate(LabelEvent label, PredictionEvent prediction) {
        return label.labelTime().isAfter(prediction.eventTime().plus(horizon(label.model())));
    }

    private static String tooLate(LabelEvent label, PredictionEvent prediction) {
        return "labelTime: " + label.labelTime() + " is later than the label horizon after the prediction at "
                + prediction.eventTime() + "; a longer source.labelHorizon would take it";
    }

    private Duration horizon(String model) {
        return specs.of(model)
                .map(ModelSpec::source)
                .map(s -> s.labelHorizon().value())
                .orElse(Duration.ofDays(1));
    }

    private static String modelOf(String key) {
        return key.substring(0, key.indexOf('/'));
    }

    /** Stores the state, to be forgotten when the horizon has passed since an instant, or later if it was so before. */
    private void keep(Record<String, Object> record, JoinState state, Instant from) {
        String model = modelOf(record.key());
        long before = state.expiresAtMillis();
        long horizon = horizon(model).toMillis();
        boolean waits = state.prediction() == null || state.label() == null;
        // what is older than the model's time has its horizon before it, too, while it waits: its other side is as late
        long since = waits ? Math.max(from.toEpochMilli(), expiries.time(model)) : from.toEpochMilli();
        long expires = Math.max(before, since + horizon + 1);
        if (before != expires) {
            expiries.put(model, expires, record.key());
        }
        states.put(record.key(), state.until(expires));
    }

    private void joined(
            Record<String, Object> record, PredictionEvent prediction, LabelEvent label, boolean correction) {
        context()
                .forward(record.withKey(prediction.predictionId())
                        .withValue(new LabelledEvent(prediction, label.labelText(), label.labelTime(), correction))
                        .withTimestamp(Math.min(
                                label.labelTime().toEpochMilli(), context().currentSystemTimeMs())));
    }

    private void dead(Record<String, Object> record, String key, Reason reason, String message) {
        context()
                .forward(record.withKey(key)
                        .withValue(DeadLetters.letter(
                                DeadLetters.originOf(context(), record),
                                key,
                                Json.text(((Received<?>) record.value()).event()),
                                reason,
                                message,
                                Instant.ofEpochMilli(record.timestamp()))));
    }

    /** Forgets what has expired; what expires later than was said when it was put is due once more. */
    private void forget(String key, long time, long now) {
        JoinState state = states.get(key);
        if (state == null || state.expiresAtMillis() > time) {
            return;
        }
        LabelEvent label = state.label();
        if (state.prediction() == null && label != null) {
            String message = "predictionId: no prediction '" + label.predictionId() + "' came within the label horizon";
            setAside(state, label, Reason.LABEL_WITHOUT_PREDICTION, message, now);
        }
        states.delete(key);
    }

    /** A letter about a label that was read earlier than the record at hand. */
    private void setAside(JoinState state, LabelEvent label, Reason reason, String message, long now) {
        String origin = state.labelOrigin() == null ? "" : state.labelOrigin();
        DeadLetter letter = DeadLetters.letter(
                origin, label.predictionId(), Json.text(label), reason, message, Instant.ofEpochMilli(now));
        context().forward(new Record<>(label.predictionId(), (Object) letter, now));
    }
}
