package io.homeostat.detector.join;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.PredictionSource;
import io.homeostat.backbone.spec.SourceFormat;
import io.homeostat.backbone.store.Agenda;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.Partitions;
import io.homeostat.backbone.topology.Progress;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.detector.ingest.Watermark;
import io.homeostat.detector.ingest.mapping.InferenceHalf;
import io.homeostat.detector.ingest.mapping.InferenceRows;
import io.homeostat.detector.ingest.mapping.MisfitException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Joins logged requests with their responses by id, in either order. A half that is seen twice is set aside; one whose
 * other half has not come within {@link #HORIZON} of the model's event time, too (KServe's logger writes no response of a
 * request that failed).
 *
 * <p>Forwards a {@link PredictionEvent} per row, and {@link DeadLetter}s.
 */
public final class PairJoin extends ContextualProcessor<String, Object, String, Object> {
    /** Store of what is known per request. */
    public static final String STATES = "drift-detector.pairs";
    /** Store of when to forget it. */
    public static final String EXPIRIES = "drift-detector.pair-agenda";
    /** How long a half waits for the other one. */
    public static final Duration HORIZON = Duration.ofMinutes(10);

    private final Topics topics;
    private final Duration patience;
    private final Partitions partitions = new Partitions();

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    @SuppressWarnings("NullAway.Init")
    private KeyValueStore<String, PairState> states;

    @SuppressWarnings("NullAway.Init")
    private Expiries expiries;

    /** @param patience how long partitions are waited for, see {@link Watermark} */
    public PairJoin(Topics topics, Duration patience) {
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
        InferenceHalf half = (InferenceHalf) record.value();
        long now = context().currentSystemTimeMs();
        List<String> due = expiries.advance(half.model(), Progress.of(record, partitions, now), now);
        PairState stored = states.get(record.key());
        PairState known = stored == null ? PairState.NOTHING : stored;
        if (known.joined() || known.of(half.side()) != null) {
            String message = "id: a " + side(half) + " of '" + half.id() + "' came before; ids are unique per model";
            dead(half, Reason.DUPLICATE_PREDICTION, message, record.timestamp());
        } else {
            PairState both = known.with(half);
            keep(record, half, join(both, record.timestamp(), now) ? both.done() : both);
        }
        due.forEach(key -> forget(key, expiries.time(half.model()), record.timestamp()));
    }

    private static String side(InferenceHalf half) {
        return half.side().name().toLowerCase(Locale.ROOT);
    }

    private void keep(Record<String, Object> record, InferenceHalf half, PairState state) {
        long before = state.expiresAtMillis();
        long from = Math.max(half.time().toEpochMilli(), expiries.time(half.model()));
        long expires = Math.max(before, from + HORIZON.toMillis());
        if (before != expires) {
            expiries.put(half.model(), expires, record.key());
        }
        states.put(record.key(), state.until(expires));
    }

    /** Whether both halves are there; what follows from them is forwarded. */
    private boolean join(PairState state, long timestamp, long now) {
        InferenceHalf request = state.request();
        InferenceHalf response = state.response();
        if (request == null || response == null) {
            return false;
        }
        try {
            Optional<InferenceRows> rows = rows(request.model());
            if (rows.isEmpty()) {
                throw new InvalidValueException(
                        "source.predictions",
                        "is no longer of the format kserve, or model " + request.model() + " is gone");
            }
            for (PredictionEvent event : rows.get().predictions(request, response)) {
                Record<String, Object> joined =
                        new Record<>(event.predictionId(), event, timestamp, DeadLetters.standingFor(request.origin()));
                progress(request.model(), timestamp, now).noteOn(joined);
                context().forward(joined);
            }
        } catch (MisfitException e) {
            dead(request, e.reason(), "model " + request.model() + ", " + e.text(), timestamp);
        } catch (InvalidValueException e) {
            dead(request, Reason.UNREADABLE, "model " + request.model() + ", " + e.getMessage(), timestamp);
        }
        return true;
    }

    /** Pairs do not come in the order of either half's partition, but none is older than the slowest of these. */
    private Progress progress(String model, long timestamp, long now) {
        return new Progress("pairs:" + context().taskId().partition(), expiries.slowest(model), timestamp, now);
    }

    private Optional<InferenceRows> rows(String model) {
        return specs.of(model).flatMap(spec -> {
            PredictionSource source = spec.source().predictions();
            return source == null || source.format() != SourceFormat.KSERVE
                    ? Optional.empty()
                    : Optional.of(new InferenceRows(spec, source));
        });
    }

    private void forget(String key, long time, long now) {
        PairState state = states.get(key);
        if (state == null || state.expiresAtMillis() > time) {
            return;
        }
        if (!state.joined()) {
            InferenceHalf alone = state.request() == null ? state.response() : state.request();
            if (alone != null) {
                String message = "id: the " + side(alone) + " '" + alone.id() + "' of " + alone.time()
                        + " stayed alone for " + HORIZON.toMinutes() + " min; did the request fail?";
                dead(alone, Reason.UNPAIRED, message, now);
            }
        }
        states.delete(key);
    }

    private void dead(InferenceHalf half, Reason reason, String message, long now) {
        String payload = Json.text(half.message().value());
        DeadLetter letter =
                DeadLetters.letter(half.origin(), half.id(), payload, reason, message, Instant.ofEpochMilli(now));
        context().forward(new Record<>(half.id(), (Object) letter, now));
    }
}
