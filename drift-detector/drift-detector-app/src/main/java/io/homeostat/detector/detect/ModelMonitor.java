package io.homeostat.detector.detect;

import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.store.HeapStore;
import io.homeostat.backbone.store.HeapStoreBuilder;
import io.homeostat.backbone.store.Storage;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SpecLookup;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.detector.profile.Estimators;
import io.homeostat.detector.profile.ModelFact;
import io.homeostat.detector.profile.References;
import io.homeostat.detector.profile.SpareReferences;
import io.homeostat.detector.profile.WindowShapes;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimateChunk;
import io.homeostat.drift.statistics.estimation.EstimatedMetric;
import io.homeostat.drift.statistics.monitor.Monitor;
import io.homeostat.drift.statistics.monitor.MonitorInput;
import io.homeostat.drift.statistics.monitor.MonitorState;
import io.homeostat.drift.statistics.monitor.MonitorStep;
import io.homeostat.drift.statistics.monitor.Signal;
import io.homeostat.drift.statistics.profile.Profile;
import io.homeostat.drift.statistics.profile.RowSample;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Hosts the pure {@link Monitor} of each model at the model's key: hears the partitions' windows and outcomes, the routes
 * (who is champion, whether a rollout is under way) and the ends of re-tunes; says signals, performance, alarms, wishes to
 * re-tune, and the references that it learns. A model without a route is watched by its {@link Majority}; feature rows have
 * a monitor of their own, whose champion is always {@value FeatureRow#VERSION}.
 */
public final class ModelMonitor extends ContextualProcessor<String, Object, String, Object> {
    /** Store of the monitors' states. */
    public static final String STORE = "drift-detector.monitors";

    // one gauge per model and process, whichever task hosts it
    private static final Map<String, AtomicLong> REVISIONS = new ConcurrentHashMap<>();
    private static final Map<String, AtomicLong> LAGS = new ConcurrentHashMap<>();

    private static final int MOST_STEM_CHARACTERS = 90;
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final Topics topics;
    private final SpareReferences spare;
    private final WindowShapes shapes;
    private final Map<String, Hosted> hosted = new HashMap<>();
    private final Set<String> waiting = new HashSet<>(); // models with windows that not all partitions have told of
    private boolean swept;

    @SuppressWarnings("NullAway.Init")
    private SpecLookup specs;

    @SuppressWarnings("NullAway.Init")
    private Following following;

    @SuppressWarnings("NullAway.Init")
    private Estimators estimators;

    @SuppressWarnings("NullAway.Init")
    private HeapStore<DetectorState> states;

    /**
     * A host of monitors.
     *
     * @param spare of the process
     * @param shapes of the process
     */
    public ModelMonitor(Topics topics, SpareReferences spare, WindowShapes shapes) {
        this.topics = topics;
        this.spare = spare;
        this.shapes = shapes;
    }

    /** The stores that this processor needs. */
    public static List<HeapStoreBuilder<?>> stores(Storage storage) {
        HeapStoreBuilder<?> states = new HeapStoreBuilder<>(STORE, DetectorState.CODEC, storage);
        states.withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Topic.MOST_STATE_BYTES)));
        return List.of(states, Learning.store(storage));
    }

    /** The names of {@link #stores}. */
    public static String[] storeNames() {
        return new String[] {STORE, Learning.STORE};
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        specs = new SpecLookup(context, topics);
        following = new Following(
                new Learning(context.getStateStore(Learning.STORE), new References(context, topics, spare, shapes)),
                this::step,
                context::forward);
        estimators = new Estimators(context, topics);
        states = context.getStateStore(STORE);
        context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::sweep);
    }

    @Override
    public void process(Record<String, Object> record) {
        Optional<ModelSpec> spec = specs.of(record.key());
        if (spec.isEmpty()) {
            return; // the model was removed meanwhile
        }
        Hosted host = hosted(spec.get());
        DetectorState state = states.get(record.key())
                .filter(s -> s.fits(host.config()))
                .orElseGet(() -> DetectorState.initial(host.config()));
        if (record.value() instanceof ModelFact.Labelled outcome) {
            onOutcome(record, host, state, outcome);
        } else if (record.value() instanceof ModelFact.PartialWindow share) {
            onShare(record, host, state, share);
        } else if (record.value() instanceof Route route) {
            onRoute(record, host, state, route);
        } else if (record.value() instanceof RetuneStatus retune
                && retune.phase().isEnd()) {
            onRetuneEnd(record, host, state, retune);
        }
        states.put(record.key(), state);
        if (state.isWaiting()) {
            waiting.add(record.key());
        }
    }

    private Hosted hosted(ModelSpec spec) {
        Hosted known = hosted.get(spec.model());
        if (known == null || (known.spec() != spec && !known.spec().equals(spec))) {
            known = Hosted.of(spec);
            hosted.put(spec.model(), known);
        }
        return known;
    }

    private void onOutcome(Record<String, Object> record, Hosted host, DetectorState state, ModelFact.Labelled fact) {
        fact.answers().stream()
                .filter(answer -> !answer.failed())
                .findFirst()
                .ifPresent(answer -> following.onOutcome(record, host, state, answer.modelVersion(), fact.eventTime()));
        String champion = state.monitor().champion().orElse("");
        for (Answer answer : fact.answers()) {
            if (answer.modelVersion().equals(champion) && !answer.failed()) {
                Outcomes.of(host.spec(), fact, answer)
                        .ifPresent(input -> step(record, host.watch(state), state, input));
                learn(record, host.spec(), state.learning(), fact, answer);
            }
        }
        Metrics.counter("homeostat.detector.outcomes", "model", fact.model()).increment();
    }

    /** A champion that came without an estimator gets one from its first outcomes. */
    private void learn(
            Record<String, Object> record,
            ModelSpec spec,
            EstimatorLearning learning,
            ModelFact.Labelled fact,
            Answer answer) {
        String version = answer.modelVersion();
        if (!learning.wants(version)) {
            return;
        }
        if (estimators.of(spec.model(), version).isPresent()) {
            learning.end(version);
            return;
        }
        Map<String, Object> features = fact.features() == null ? Map.of() : fact.features();
        AnsweredRow row =
                new AnsweredRow(features, String.valueOf(answer.output()), answer.score(), answer.probabilities());
        learning.add(spec, version, row, fact.label()).ifPresent(learned -> {
            Metrics.counter("homeostat.detector.estimators.learned", "model", spec.model())
                    .increment();
            EstimatorEvent event = new EstimatorEvent(
                    spec.model(), version, fact.labelTime(), EstimatorLearning.enough(spec), learned.toBytes());
            context().forward(record.withKey(event.key()).withValue(event));
        });
    }

    private void onShare(
            Record<String, Object> record, Hosted host, DetectorState state, ModelFact.PartialWindow share) {
        DetectorState.WindowKey key =
                new DetectorState.WindowKey(share.windowFrom().toEpochMilli(), share.modelVersion());
        EstimateChunk estimate = share.estimate() == null ? null : EstimateChunk.fromBytes(share.estimate());
        Profile profile = Profile.fromBytes(share.profile());
        following.onShare(record, host, state, share, profile.rows());
        long now = context().currentSystemTimeMs();
        if (!state.merge(key, share.partition(), profile, share.profile().length, estimate, now)) {
            // the reference has changed between the two, and no row may be lost for it: the window is in two parts
            Metrics.counter("homeostat.detector.windows.unmergeable", "model", share.model())
                    .increment();
            state.take(key).ifPresent(part -> test(record, host, state, share.modelVersion(), part));
            state.merge(key, share.partition(), profile, share.profile().length, estimate, now);
        }
        if (share.rows() != null && host.spec().watch().joint()) {
            state.add(key, RowSample.fromBytes(share.rows()), share.rows().length);
        }
        testComplete(record, host, state, now);
    }

    /** Whether there was a window to test. */
    private boolean testComplete(Record<String, Object> record, Hosted host, DetectorState state, long now) {
        long window = host.config().window().toMillis();
        boolean any = false;
        for (var complete = state.takeComplete(topics.partitions(), window, now);
                complete.isPresent();
                complete = state.takeComplete(topics.partitions(), window, now)) {
            any = true;
            test(
                    record,
                    host,
                    state,
                    complete.get().getKey().modelVersion(),
                    complete.get().getValue());
        }
        return any;
    }

    private void test(
            Record<String, Object> record,
            Hosted host,
            DetectorState state,
            String version,
            DetectorState.Merge merged) {
        List<EstimatedMetric> estimated =
                merged.estimate().map(e -> estimated(record.key(), version, e)).orElse(List.of());
        onWindow(
                record,
                host,
                state,
                new MonitorInput.WindowClosed(merged.profile(), version, estimated, merged.rows()));
    }

    /** Tests the windows that have waited long enough, of models of which nothing more is heard. */
    private void sweep(long now) {
        if (!swept) { // what was waiting at the stop
            states.forEach((model, state) -> {
                if (state.isWaiting()) {
                    waiting.add(model);
                }
            });
            swept = true;
        }
        for (String model : List.copyOf(waiting)) {
            DetectorState state = states.get(model).orElse(null);
            Hosted host = specs.of(model).map(this::hosted).orElse(null);
            if (state == null || host == null || !state.fits(host.config())) {
                waiting.remove(model);
                continue;
            }
            Record<String, Object> record =
                    new Record<>(model, model, Math.max(0, context().currentStreamTimeMs()));
            if (testComplete(record, host, state, now)) {
                states.put(model, state);
            }
            if (!state.isWaiting()) {
                waiting.remove(model);
            }
        }
    }

    /** Nothing if the estimator was replaced meanwhile. */
    private List<EstimatedMetric> estimated(String model, String version, EstimateChunk chunk) {
        List<EstimatedMetric> metrics = estimators
                .of(model, version)
                .filter(estimator -> estimator.made(chunk))
                .map(estimator -> estimator.estimate(chunk))
                .orElse(List.of());
        if (!metrics.isEmpty()) {
            Metrics.counter("homeostat.detector.windows.estimated", "model", model)
                    .increment();
            Metrics.counter("homeostat.detector.rows.estimated", "model", model).increment(chunk.n());
        }
        return metrics;
    }

    private void onWindow(
            Record<String, Object> record, Hosted host, DetectorState state, MonitorInput.WindowClosed window) {
        String model = record.key();
        Metrics.counter("homeostat.detector.windows.closed", "model", model).increment();
        long lagMillis = context().currentSystemTimeMs() - window.merged().to().toEpochMilli();
        gauge(LAGS, "homeostat.detector.window.lag.seconds", model).set(lagMillis / 1000);
        context()
                .forward(record.withValue(
                        Decisions.window(model, window.modelVersion(), window.merged(), window.estimated())));
        following.refresh(record, host, state, window.modelVersion());
        step(record, host.watch(state, window.modelVersion()), state, window);
    }

    private static AtomicLong gauge(Map<String, AtomicLong> known, String name, String model) {
        return known.computeIfAbsent(model, m -> Metrics.gauge(name, Tags.of("model", m), new AtomicLong()));
    }

    private void onRoute(Record<String, Object> record, Hosted host, DetectorState state, Route route) {
        if (route.revision() < state.monitor().routeRevision()) {
            return;
        }
        String champion = route.champion().version();
        String before = state.monitor().champion().orElse("");
        if (!before.equals(champion)) {
            state.championWas(before);
            following.champion(record, host, state, champion, route.revision());
        }
        Route.Target challenger = route.challenger();
        // the previous champion kept warm after a promotion is no rollout
        boolean active = challenger != null && !challenger.version().equals(state.previousChampion());
        step(record, host.watch(state), state, new MonitorInput.RolloutActive(active, route.revision()));
        gauge(REVISIONS, "homeostat.detector.route.revision", route.model()).set(route.revision());
    }

    private void onRetuneEnd(Record<String, Object> record, Hosted host, DetectorState state, RetuneStatus retune) {
        Metrics.counter("homeostat.detector.retunes.ended", "model", record.key())
                .increment();
        if (retune.trigger() == RetuneEvent.Trigger.FIRST_CHAMPION) {
            return; // nothing was amiss, so there is nothing to cool down from
        }
        // in the model's own time: the clock of whoever tuned is another one
        Instant at = Instant.ofEpochMilli(Math.max(0, context().currentStreamTimeMs()));
        step(
                record,
                host.watch(state),
                state,
                new MonitorInput.RetuneEnded(
                        state.monitor().lastOutcome().orElse(at),
                        retune.trigger() == RetuneEvent.Trigger.SCHEDULE,
                        retune.phase() == RetuneStatus.Phase.CANDIDATE));
    }

    private void step(Record<String, Object> record, Hosted.Watch watch, DetectorState state, MonitorInput input) {
        MonitorStep step = watch.monitor().on(watch.state(), input);
        if (step == MonitorStep.NOTHING) {
            return;
        }
        String model = record.key();
        String retuneId = "";
        if (step.retune().isPresent()) {
            retuneId = retuneId(model, state.nextRetune());
            Metrics.counter("homeostat.detector.retunes.asked", "model", model).increment();
        }
        if (step.alarm().isPresent()) {
            Metrics.counter("homeostat.detector.alarms", "model", model).increment();
        }
        if (!step.signals().isEmpty()) {
            Metrics.counter("homeostat.detector.signals", "model", model)
                    .increment(step.signals().size());
        }
        long drifted = step.signals().stream().filter(Signal::drifted).count();
        if (drifted > 0) {
            Metrics.counter("homeostat.detector.signals.drifted", "model", model)
                    .increment(drifted);
        }
        long slices = step.performance().stream()
                .flatMap(point -> point.slice().stream())
                .distinct()
                .count();
        if (slices > 0) {
            Metrics.counter("homeostat.detector.slices.windows", "model", model).increment(slices);
        }
        String version = watch.state().champion().orElse("unknown");
        for (Object event : Decisions.of(model, version, step, retuneId, shifts(watch.state(), input, step))) {
            context().forward(record.withValue(event));
        }
    }

    /** The distributions of the window that raised an alarm; outcomes have none. */
    private static List<FeatureShift> shifts(MonitorState state, MonitorInput input, MonitorStep step) {
        return step.alarm().isPresent()
                        && input instanceof MonitorInput.WindowClosed window
                        && state.reference().isPresent()
                ? Shifts.of(
                        state.reference().get().profile(),
                        window.merged(),
                        step.alarm().get().evidence().signals(),
                        step.signals())
                : List.of();
    }

    /** An id is a name, so at most 128 characters: a longer model's is cut, and told apart by its hash. */
    private static String retuneId(String model, long number) {
        String stem = model.length() <= MOST_STEM_CHARACTERS
                ? model
                : model.substring(0, MOST_STEM_CHARACTERS) + "-" + Integer.toHexString(model.hashCode());
        return stem + "-r" + number;
    }
}
