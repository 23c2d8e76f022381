package io.homeostat.detector.profile;

import io.homeostat.backbone.event.FeatureValues;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.SliceSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.backbone.store.HeapStore;
import io.homeostat.backbone.store.HeapStoreBuilder;
import io.homeostat.backbone.store.Storage;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.Partitions;
import io.homeostat.backbone.topology.Progress;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.detector.ingest.Accepted;
import io.homeostat.detector.ingest.KnownModel;
import io.homeostat.detector.ingest.Watermark;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.ProfileShape;
import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.profile.Schema;
import io.homeostat.drift.statistics.state.SplitMix;
import io.micrometer.core.instrument.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Sketches a partition's predictions into window profiles, so that a busy model is spread over all partitions and only
 * profiles, not events, meet at the model's key. A window ends when the model's event time, that of the slowest of the
 * partitions that this task hears of ({@link Watermark#time}), has passed it by a tenth of its length, at most 10 s. What
 * comes later opens it once more, until a tenth of its length has passed again; what lies more than one length behind what
 * was read of its own partition is counted and left out. Feature rows, which no model has
 * answered, have windows of their own under the version {@value FeatureRow#VERSION}. A version without a reference has its
 * rows sampled, too, so that it can get one.
 */
public final class WindowProfiler extends ContextualProcessor<String, Object, String, ModelFact> {
    /** Store of the windows that are still filling with what was joined, and with feature rows. */
    public static final String STORE = "drift-detector.windows";
    /** Store of the windows of models that await no labels: at the source, before any repartition. */
    public static final String STORE_AT_SOURCE = "drift-detector.windows-at-source";

    /** Rows of a regression's window from which its errors are estimated: a row takes 20 µs. */
    private static final long ENOUGH_ROWS = 2_000;

    private static final long SWEEP_AT_MOST_MILLIS = 10_000;

    private final Topics topics;
    private final String store;
    private final WindowShapes shapes;
    private final SpareReferences spare;
    private final long patienceMillis;
    private final Partitions partitions = new Partitions();
    private final Set<String> waiting = new HashSet<>(); // models of which one partition is behind another
    private boolean swept;
    private final PlacedFeatures placed = new PlacedFeatures();

    @SuppressWarnings("NullAway.Init")
    private SpecLookup.Derived<KnownModel> models;

    @SuppressWarnings("NullAway.Init")
    private References references;

    @SuppressWarnings("NullAway.Init")
    private Estimators estimators;

    @SuppressWarnings("NullAway.Init")
    private HeapStore<OpenWindows> windows;

    /**
     * A profiler.
     *
     * @param store where its windows are, one of the two
     * @param shapes of the process
     * @param spare of the process
     * @param patience how long partitions are waited for, see {@link Watermark}
     */
    public WindowProfiler(Topics topics, String store, WindowShapes shapes, SpareReferences spare, Duration patience) {
        this.topics = topics;
        this.store = store;
        this.shapes = shapes;
        this.spare = spare;
        this.patienceMillis = patience.toMillis();
    }

    /** A store that this processor needs. */
    public static HeapStoreBuilder<?> store(String name, Storage storage) {
        return new HeapStoreBuilder<>(name, OpenWindows.CODEC, storage);
    }

    @Override
    public void init(ProcessorContext<String, ModelFact> context) {
        super.init(context);
        models = new SpecLookup(context, topics).derived(KnownModel::new);
        references = new References(context, topics, spare, shapes);
        estimators = new Estimators(context, topics);
        windows = context.getStateStore(store);
        if (patienceMillis > 0) {
            Duration every = Duration.ofMillis(Math.min(patienceMillis, SWEEP_AT_MOST_MILLIS));
            context.schedule(every, PunctuationType.WALL_CLOCK_TIME, this::sweep);
        }
    }

    @Override
    public void process(Record<String, Object> record) {
        if (record.value() instanceof Accepted accepted) {
            profile(record, accepted.model(), accepted.prediction());
        } else if (record.value() instanceof PredictionEvent prediction) {
            models.of(prediction.model()).ifPresent(model -> profile(record, model, prediction));
        } else if (record.value() instanceof FeatureRow rows) {
            Instant time = known(record, rows.time());
            Row row = new Row(FeatureRow.VERSION, time, rows.features(), null, null, null);
            models.of(rows.model()).ifPresent(model -> profile(record, model, Optional.of(row)));
        } else if (record.value() instanceof LabelledEvent labelled && !labelled.correction()) {
            models.of(labelled.prediction().model())
                    .ifPresent(model -> forward(record, fact(record, labelled, model.spec())));
        }
    }

    private void profile(Record<String, Object> record, KnownModel model, PredictionEvent prediction) {
        model.countProfiled();
        profile(record, model, row(prediction, known(record, prediction.eventTime()), model.spec()));
    }

    /** What is ahead of the wall clock is known now: the record's own time is at most that. */
    private static Instant known(Record<String, Object> record, Instant time) {
        return time.toEpochMilli() > record.timestamp() ? Instant.ofEpochMilli(record.timestamp()) : time;
    }

    private ModelFact fact(Record<String, Object> record, LabelledEvent labelled, ModelSpec spec) {
        List<SliceSpec> slices = spec.watch().slices();
        PredictionEvent prediction = labelled.prediction();
        List<PredictionEvent.Answer> answers = new ArrayList<>(2);
        Optional.ofNullable(prediction.answer()).ifPresent(answers::add);
        Optional.ofNullable(prediction.counterpart()).ifPresent(answers::add);
        return new ModelFact.Labelled(
                prediction.model(),
                known(record, labelled.labelTime()),
                prediction.eventTime(),
                labelled.label(),
                answers,
                slices.isEmpty() ? Map.of() : values(prediction.features(), slices),
                spec.task() == TaskKind.REGRESSION && isUnestimated(prediction)
                        ? numbersAndTexts(prediction.features(), spec)
                        : null);
    }

    private boolean isUnestimated(PredictionEvent prediction) {
        PredictionEvent.Answer answer = prediction.answer();
        return answer != null
                && estimators.of(prediction.model(), answer.modelVersion()).isEmpty();
    }

    /** Of all features only those that are sliced go on, and of a long text its beginning. */
    private static Map<String, Object> values(Map<String, Object> features, List<SliceSpec> slices) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (SliceSpec slice : slices) {
            Object value = features.get(slice.column());
            if (value != null) {
                values.put(slice.column(), value instanceof String text ? CategoricalProfile.cut(text) : value);
            }
        }
        return values;
    }

    /** A row of a window: what its profile is fed with. */
    private record Row(
            String version,
            Instant time,
            Map<String, Object> features,
            @Nullable Double score,
            @Nullable String output,
            PredictionEvent.@Nullable Answer answer) {}

    private static Optional<Row> row(PredictionEvent prediction, Instant time, ModelSpec spec) {
        PredictionEvent.Answer answer = prediction.answer();
        return answer == null || answer.failed()
                ? Optional.empty()
                : Optional.of(new Row(
                        answer.modelVersion(),
                        time,
                        prediction.features(),
                        score(answer, spec),
                        spec.task().isClassification() ? answer.output() : null,
                        answer));
    }

    /** What stands for the score where an answer gives none: the number predicted, or the probability of the class. */
    private static @Nullable Double score(PredictionEvent.Answer answer, ModelSpec spec) {
        Map<String, Double> probabilities = answer.probabilities();
        String output = answer.output();
        if (answer.score() != null || output == null) {
            return answer.score();
        } else if (!spec.task().isClassification()) {
            return number(output);
        }
        return probabilities == null
                ? null
                : probabilities.get(spec.task() == TaskKind.BINARY ? spec.positive() : output);
    }

    private static @Nullable Double number(String output) {
        try {
            return Double.valueOf(output);
        } catch (NumberFormatException e) {
            return null; // the spec has changed since it was answered
        }
    }

    private void profile(Record<String, Object> record, KnownModel model, Optional<Row> row) {
        ModelSpec spec = model.spec();
        long length = model.windowMillis();
        OpenWindows open = windows.get(spec.model()).orElseGet(OpenWindows::new);
        long now = context().currentSystemTimeMs();
        open.saw(Progress.of(record, partitions, now), now, patienceMillis);
        row.ifPresent(r -> add(record, open, r, spec, length));
        close(record, spec.model(), open, length);
        windows.put(spec.model(), open);
        if (open.isToBeListed()) {
            waiting.add(spec.model());
        }
    }

    /** Ends the windows that wait for a partition that is behind, of models of which nothing more is heard. */
    private void sweep(long now) {
        if (!swept) { // what was waiting at the stop
            windows.forEach((model, open) -> {
                if (open.isToBeListed()) {
                    waiting.add(model);
                }
            });
            swept = true;
        }
        for (String name : List.copyOf(waiting)) {
            OpenWindows open = windows.get(name).orElse(null);
            KnownModel model = models.of(name).orElse(null);
            if (open == null || model == null) {
                waiting.remove(name);
                continue;
            }
            if (open.passed(now, patienceMillis)) {
                long time = Math.max(0, context().currentStreamTimeMs());
                close(new Record<>(name, name, time), name, open, model.windowMillis());
                windows.put(name, open);
            }
            if (!open.isWaiting()) {
                open.unlist();
                waiting.remove(name);
            }
        }
    }

    /** Adds a row to its window, or counts it: if its window lies too far back, too many are open, or the spec has changed. */
    private void add(Record<String, Object> record, OpenWindows open, Row row, ModelSpec spec, long length) {
        long from = Math.floorDiv(row.time().toEpochMilli(), length) * length;
        OpenWindows.Key key = new OpenWindows.Key(from, row.version());
        if (open.isPast(key, length, grace(length))) {
            count("homeostat.detector.rows.late", spec);
            return;
        }
        int features = spec.features().size();
        if (open.isFullFor(key, features)) {
            open.removeSpare(length, grace(length)).ifPresent(spared -> tell(record, spec.model(), open, spared));
        }
        Optional<OpenWindow> window = open.window(key, features, () -> empty(open, spec, key, length));
        try {
            window.ifPresent(w -> {
                if (row.features() instanceof FeatureValues values) {
                    Double score = row.score();
                    w.profile().add(placed.of(values), score == null ? Double.NaN : score, row.output());
                } else {
                    w.profile().add(numbersAndTexts(row.features(), spec), row.score(), row.output());
                }
                w.rows()
                        .ifPresent(rows ->
                                rows.add(row.time(), numbersAndTexts(row.features(), spec), row.score(), row.output()));
                estimate(open, key, spec, row, w.profile().rows());
            });
        } catch (IllegalArgumentException otherType) {
            window = Optional.empty();
        }
        if (window.isEmpty()) {
            count("homeostat.detector.rows.unprofiled", spec);
        }
    }

    /** Adds a row to what its window's performance is estimated from. Of a regression's rows about as many are taken as are enough. */
    private void estimate(OpenWindows open, OpenWindows.Key key, ModelSpec spec, Row row, long rows) {
        EstimateChunk chunk = open.estimate(key).orElse(null);
        PredictionEvent.Answer answer = row.answer();
        String output = answer == null ? null : answer.output();
        if (chunk == null || answer == null || output == null) {
            return;
        }
        boolean taken = spec.task().isClassification()
                || rows % Math.max(1, open.rowsOfLast() / ENOUGH_ROWS) == 0 && chunk.n() < 2 * ENOUGH_ROWS;
        if (taken) {
            // an estimator that was replaced meanwhile leaves the rest of the window out
            estimators
                    .of(spec.model(), key.modelVersion())
                    .filter(estimator -> estimator.made(chunk))
                    .ifPresent(estimator -> estimator.add(
                            chunk,
                            new AnsweredRow(
                                    numbersAndTexts(row.features(), spec),
                                    output,
                                    answer.score(),
                                    answer.probabilities())));
        }
    }

    private static void count(String meter, ModelSpec spec) {
        Metrics.counter(meter, "model", spec.model()).increment();
    }

    private static long grace(long length) {
        return Math.min(length / 10, OpenWindows.MOST_GRACE_MILLIS);
    }

    private void close(Record<String, Object> record, String model, OpenWindows open, long length) {
        while (open.hasEnded(length, grace(length))) {
            tell(record, model, open, open.removeEnded(length));
        }
    }

    private void tell(
            Record<String, Object> record,
            String model,
            OpenWindows open,
            Map.Entry<OpenWindows.Key, OpenWindow> ended) {
        Metrics.counter("homeostat.detector.rows.profiled", "model", model)
                .increment(ended.getValue().profile().rows());
        forward(
                record,
                new ModelFact.PartialWindow(
                        model,
                        ended.getKey().modelVersion(),
                        Instant.ofEpochMilli(ended.getKey().fromMillis()),
                        context().taskId().partition(),
                        ended.getValue().profile().toBytes(),
                        open.removeEstimate(ended.getKey())
                                .map(EstimateChunk::toBytes)
                                .orElse(null),
                        ended.getValue().rows().map(RowSample::toBytes).orElse(null)));
    }

    /** A categorical feature may be written as a number; its profile wants the name. */
    private static Map<String, Object> numbersAndTexts(Map<String, Object> features, ModelSpec spec) {
        if (!isAnyNumberForName(features, spec)) {
            return features;
        }
        Map<String, Object> typed = new HashMap<>(features);
        spec.features().forEach((name, kind) -> {
            if (kind == FeatureKind.CATEGORICAL && typed.get(name) instanceof Double number) {
                typed.put(name, LabelEvent.text(name, number));
            }
        });
        return typed;
    }

    private static boolean isAnyNumberForName(Map<String, Object> features, ModelSpec spec) {
        for (Map.Entry<String, FeatureKind> feature : spec.features().entrySet()) {
            if (feature.getValue() == FeatureKind.CATEGORICAL && features.get(feature.getKey()) instanceof Double) {
                return true;
            }
        }
        return false;
    }

    private OpenWindow empty(OpenWindows open, ModelSpec spec, OpenWindows.Key key, long length) {
        estimators
                .of(spec.model(), key.modelVersion())
                .filter(e -> e.task() == Task.valueOf(spec.task().name()))
                .ifPresent(e -> open.estimate(key, e.chunk()));
        Instant from = Instant.ofEpochMilli(key.fromMillis());
        Instant to = from.plusMillis(length);
        Schema schema = SpecMapping.schema(spec);
        Optional<ProfileShape> shape = shapes.of(references, spec.model(), key.modelVersion(), schema);
        Profile profile = shape.map(s -> s.profile(from, to)).orElseGet(() -> Profile.withoutBins(schema, from, to));
        OpenWindow window = shape.isPresent() && !spec.watch().joint()
                ? OpenWindow.withoutSample(profile)
                : OpenWindow.withSample(profile, schema, seed(spec.model(), open.nextSample()));
        return shape.map(s -> window.of(open.hold(s))).orElse(window);
    }

    /** Of no other partition, and no other sample of this one. */
    private long seed(String model, long sample) {
        return SplitMix.seed(model + "#" + context().taskId().partition(), sample);
    }

    private void forward(Record<String, Object> record, ModelFact fact) {
        context().forward(record.withKey(fact.model()).withValue(fact));
    }
}
