package io.homeostat.detector.ingest;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.Received;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.detector.ingest.Validation.Problem;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Forwards what fits its model's spec, keyed by model and prediction id and stamped with its event time (at most the wall
 * clock's), and a dead letter for what does not. What is to be joined is forwarded as it was {@link Received}; of a model
 * that awaits no labels, {@link Accepted}, to be profiled at once.
 */
public final class Ingest<V> extends ContextualProcessor<String, Received<V>, String, Object> {
    private final Topics topics;
    private final String letters;
    private final String awaiting;
    private final String accepted;

    @SuppressWarnings("NullAway.Init")
    private SpecLookup.Derived<KnownModel> models;

    /**
     * An ingest with these children: those of {@link DeadLetters#divert} under the name for letters and for what is to be
     * joined, and {@link #acceptedOf} it for what is not.
     */
    public Ingest(Topics topics, String name) {
        this.topics = topics;
        this.letters = DeadLetters.lettersOf(name);
        this.awaiting = DeadLetters.restOf(name);
        this.accepted = acceptedOf(name);
    }

    /** The name of the node that takes {@link Accepted} predictions. */
    public static String acceptedOf(String name) {
        return name + ".accepted";
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        models = new SpecLookup(context, topics).derived(KnownModel::new);
    }

    @Override
    public void process(Record<String, Received<V>> record) {
        V event = record.value().event();
        if (event instanceof PredictionEvent prediction) {
            onPrediction(record, prediction, models.of(prediction.model()).orElse(null));
        } else if (event instanceof LabelEvent label) {
            onLabel(record, label, models.of(label.model()).orElse(null));
        }
    }

    private void onPrediction(Record<String, Received<V>> record, PredictionEvent event, @Nullable KnownModel model) {
        Optional<Problem> problem = model == null
                ? Optional.of(Validation.unknownModel(event.model()))
                : Validation.of(event, model, context().currentSystemTimeMs());
        if (model == null || problem.isPresent()) {
            dead(record, event.predictionId(), problem.orElseThrow(), event.eventTime());
            return;
        }
        model.countPrediction();
        if (model.spec().source().awaitsLabels()) {
            pass(record, event.model() + "/" + event.predictionId(), record.value(), event.eventTime(), awaiting);
        } else {
            pass(record, event.predictionId(), new Accepted(event, model), event.eventTime(), accepted);
        }
    }

    private void onLabel(Record<String, Received<V>> record, LabelEvent event, @Nullable KnownModel model) {
        Optional<Problem> problem = model == null
                ? Optional.of(Validation.unknownModel(event.model()))
                : Validation.of(event, model.spec(), context().currentSystemTimeMs());
        if (model == null || problem.isPresent()) {
            dead(record, event.predictionId(), problem.orElseThrow(), event.labelTime());
            return;
        }
        model.countLabel();
        pass(record, event.model() + "/" + event.predictionId(), record.value(), event.labelTime(), awaiting);
    }

    private void pass(Record<String, Received<V>> record, String key, Object value, Instant time, String child) {
        // what is ahead must not move the model's clock ahead of everyone's
        long timestamp = Math.min(time.toEpochMilli(), context().currentSystemTimeMs());
        context().forward(new Record<>(key, value, timestamp, record.headers()), child);
    }

    private void dead(Record<String, Received<V>> record, String predictionId, Problem problem, Instant time) {
        DeadLetter letter = DeadLetters.letter(
                DeadLetters.originOf(context(), record),
                record.key(),
                Json.text(record.value().event()),
                problem.reason(),
                problem.message(),
                time);
        context().forward(new Record<>(predictionId, letter, record.timestamp(), record.headers()), letters);
    }
}
