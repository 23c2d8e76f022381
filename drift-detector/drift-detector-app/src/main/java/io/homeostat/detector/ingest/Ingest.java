package io.homeostat.detector.ingest;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.SpecLookup;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Forwards what fits its model's spec, keyed by model and prediction id and stamped with its event time (at most the wall
 * clock's), and a dead letter for what does not.
 */
public final class Ingest<V> extends ContextualProcessor<String, V, String, Object> {
    private final Topics topics;

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    public Ingest(Topics topics) {
        this.topics = topics;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        specs = new SpecLookup(context, topics);
    }

    @Override
    public void process(Record<String, V> record) {
        if (record.value() instanceof PredictionEvent p) {
            Optional<ModelSpec> spec = specs.of(p.model());
            pass(
                    record,
                    p.model(),
                    p.predictionId(),
                    p.eventTime(),
                    spec,
                    spec.flatMap(s -> Validation.of(p, s, now())));
        } else if (record.value() instanceof LabelEvent l) {
            Optional<ModelSpec> spec = specs.of(l.model());
            pass(
                    record,
                    l.model(),
                    l.predictionId(),
                    l.labelTime(),
                    spec,
                    spec.flatMap(s -> Validation.of(l, s, now())));
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(context().currentSystemTimeMs());
    }

    private void pass(
            Record<String, V> record,
            String model,
            String predictionId,
            Instant time,
            Optional<ModelSpec> spec,
            Optional<Validation.Problem> found) {
        Optional<Validation.Problem> problem = spec.isEmpty() ? Optional.of(Validation.unknownModel(model)) : found;
        if (problem.isPresent()) {
            DeadLetter letter = DeadLetters.letter(
                    DeadLetters.originOf(record),
                    record.key(),
                    Json.text(record.value()),
                    problem.get().reason(),
                    problem.get().message(),
                    time);
            context().forward(new Record<>(predictionId, (Object) letter, record.timestamp(), record.headers()));
        } else {
            context()
                    .forward(new Record<>(
                            model + "/" + predictionId,
                            (Object) record.value(),
                            // what is ahead must not move the model's clock ahead of everyone's
                            Math.min(time.toEpochMilli(), context().currentSystemTimeMs()),
                            record.headers()));
        }
    }
}
