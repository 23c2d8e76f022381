package io.homeostat.drift.statistics.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.drift.statistics.monitor.MonitorInput.ChampionChanged;
import io.homeostat.drift.statistics.monitor.MonitorInput.ClassOutcome;
import io.homeostat.drift.statistics.monitor.MonitorInput.ValueOutcome;
import io.homeostat.drift.statistics.performance.Metric;
import io.homeostat.drift.statistics.performance.MetricValue;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.FeatureType;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceBuilder;
import io.homeostat.drift.statistics.profile.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SliceWatchTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final Schema SCHEMA =
            new Schema(Map.of("country", FeatureType.CATEGORICAL, "salary", FeatureType.NUMERIC));
    private static final SlicePolicy.Column COUNTRY = new SlicePolicy.Column("country", List.of(), 3);

    private final List<MonitorStep> steps = new ArrayList<>();
    private MonitorConfig config;
    private Monitor monitor;
    private MonitorState state;
    private int window;

    private void watch(Task task, Map<Metric, Double> limits, SlicePolicy.Column... columns) {
        watch(MonitorConfig.of(task, SCHEMA, WINDOW).withSlices(new SlicePolicy(List.of(columns), limits)));
    }

    private void watch(MonitorConfig newConfig) {
        config = newConfig;
        monitor = new Monitor(config);
        state = MonitorState.initial(config);
    }

    private void champion(Optional<Reference> reference) {
        monitor.on(state, new ChampionChanged("v1", reference, 1));
    }

    /** 600 rows of de, 300 of at, 100 of ch; salaries 1 to 1000. */
    private static Reference reference(Task task) {
        ReferenceBuilder builder = new ReferenceBuilder(SCHEMA, task);
        for (int i = 1; i <= 1000; i++) {
            String country = i <= 600 ? "de" : i <= 900 ? "at" : "ch";
            builder.add(Map.of("country", country, "salary", (double) i), null, "0", i % 10 == 0 ? 1.0 : 0.0);
        }
        return builder.build("v1", Instant.EPOCH, Instant.EPOCH);
    }

    private Instant now() {
        return Instant.EPOCH.plus(WINDOW.multipliedBy(window)).plusSeconds(1);
    }

    private void row(Map<String, Object> slices, String predicted, String actual, double score) {
        note(monitor.on(state, new ClassOutcome(now(), now(), "v1", predicted, actual, score, slices)));
    }

    private void note(MonitorStep step) {
        if (step != MonitorStep.NOTHING) {
            steps.add(step);
        }
    }

    /** The next window's first row closes the one before. */
    private void nextWindow(MonitorInput first) {
        window++;
        steps.clear();
        note(monitor.on(state, first));
    }

    private Map<Slice, Map<Metric, MetricValue>> series() {
        Map<Slice, Map<Metric, MetricValue>> series = new HashMap<>();
        steps.stream()
                .flatMap(step -> step.performance().stream())
                .forEach(point -> point.slice()
                        .ifPresent(slice -> series.computeIfAbsent(slice, s -> new HashMap<>())
                                .put(point.value().metric(), point.value())));
        return series;
    }

    private ClassOutcome other() {
        return new ClassOutcome(
                now().plus(WINDOW), now().plus(WINDOW), "v1", "0", "0", Double.NaN, Map.of("country", "xx"));
    }

    @Test
    void aSliceHasTheMetricsOfItsOwnRows() {
        // given
        watch(Task.BINARY, Map.of(), COUNTRY);
        champion(Optional.of(reference(Task.BINARY)));
        PerformanceWindow expected = new PerformanceWindow(Task.BINARY);
        Random random = new Random(1);
        // when
        for (int i = 0; i < 400; i++) {
            boolean actual = random.nextBoolean();
            double score = (actual ? .5 : 0) + random.nextDouble() / 2;
            boolean predicted = score > .6;
            row(Map.of("country", i % 4 == 0 ? "at" : "de"), predicted ? "1" : "0", actual ? "1" : "0", score);
            if (i % 4 == 0) {
                expected.addBinary(actual, predicted, score);
            }
        }
        nextWindow(other());
        // then
        assertThat(series().get(new Slice("country", "at")).values())
                .containsExactlyInAnyOrderElementsOf(expected.metrics());
        assertThat(series().get(new Slice("country", "de")).get(Metric.ACCURACY).n())
                .isEqualTo(300);
    }

    @Test
    void theReferencesMostFrequentValuesHaveTheirSeriesAndTheRestSharesOne() {
        // given: three values of which the reference knows two often and one seldom
        watch(Task.MULTICLASS, Map.of(), new SlicePolicy.Column("country", List.of(), 2));
        champion(Optional.of(reference(Task.MULTICLASS)));
        // when
        for (String country : List.of("zz", "ch", "at", "de", "other")) {
            row(Map.of("country", country), "a", "a", .9);
        }
        row(Map.of(), "a", "b", .1);
        nextWindow(other());
        // then
        assertThat(series().keySet())
                .containsExactlyInAnyOrder(
                        new Slice("country", "at"),
                        new Slice("country", "de"),
                        new Slice("country", Slice.OTHER),
                        new Slice("country", Slice.MISSING));
        assertThat(series().get(new Slice("country", Slice.OTHER))
                        .get(Metric.ACCURACY)
                        .n())
                .isEqualTo(3);
        assertThat(series().get(new Slice("country", Slice.MISSING))
                        .get(Metric.ACCURACY)
                        .value())
                .isZero();
    }

    @Test
    void withoutAReferenceTheFirstValuesAreTakenAndTheirNumberIsBounded() {
        // given
        watch(Task.BINARY, Map.of(), COUNTRY);
        champion(Optional.empty());
        // when
        for (int i = 0; i < 20_000; i++) {
            row(Map.of("country", "c" + i), "0", "0", Double.NaN);
        }
        int bytes = state.toBytes().length;
        nextWindow(other());
        // then
        assertThat(series().keySet()).extracting(Slice::value).containsExactlyInAnyOrder("c0", "c1", "c2", Slice.OTHER);
        assertThat(bytes).isLessThan(10_000);
    }

    @Test
    void numbersAreSlicedByCutsOrByTheReferencesQuantiles() {
        // given
        watch(Task.REGRESSION, Map.of(), new SlicePolicy.Column("salary", List.of(250.0, 500.0), 3));
        champion(Optional.of(reference(Task.REGRESSION)));
        // when
        for (double salary : new double[] {-1e9, 250, 251, 500, 501}) {
            note(monitor.on(state, new ValueOutcome(now(), now(), "v1", salary, salary + 2, Map.of("salary", salary))));
        }
        nextWindow(new ValueOutcome(now().plus(WINDOW), now(), "v1", 1, 1));
        // then
        assertThat(series()).hasSize(3);
        assertThat(series().get(new Slice("salary", "at most 250"))
                        .get(Metric.MAE)
                        .n())
                .isEqualTo(2);
        assertThat(series().get(new Slice("salary", "250 to 500"))
                        .get(Metric.MAE)
                        .value())
                .isEqualTo(2);
        assertThat(series()).containsKey(new Slice("salary", "above 500"));
        // and given no cuts
        watch(Task.REGRESSION, Map.of(), new SlicePolicy.Column("salary", List.of(), 4));
        champion(Optional.of(reference(Task.REGRESSION)));
        for (double salary = 0; salary < 1200; salary++) {
            note(monitor.on(state, new ValueOutcome(now(), now(), "v1", 1, 1, Map.of("salary", salary))));
        }
        nextWindow(new ValueOutcome(now().plus(WINDOW), now(), "v1", 1, 1));
        assertThat(series().keySet())
                .extracting(Slice::value)
                .containsExactlyInAnyOrder("at most 200", "200 to 500", "500 to 700", "above 700");
    }

    @Test
    void numbersWithoutCutsWaitForAReference() {
        // given
        watch(Task.REGRESSION, Map.of(), new SlicePolicy.Column("salary", List.of(), 4));
        champion(Optional.empty());
        // when
        note(monitor.on(state, new ValueOutcome(now(), now(), "v1", 1, 1, Map.of("salary", 3.0))));
        nextWindow(new ValueOutcome(now().plus(WINDOW), now(), "v1", 1, 1, Map.of("salary", Double.NaN)));
        // then
        assertThat(series()).isEmpty();
    }

    @Test
    void aStateGoesOnFromItsBytesInTheMiddleOfAWindow() {
        // given
        watch(Task.BINARY, Map.of(Metric.ACCURACY, .8), COUNTRY, new SlicePolicy.Column("salary", List.of(), 5));
        champion(Optional.of(reference(Task.BINARY)));
        MonitorState again = state.copy();
        Random random = new Random(3);
        // when: one goes on, the other is written and read after every row
        for (int i = 0; i < 90; i++) {
            window = i / 30;
            ClassOutcome outcome = new ClassOutcome(
                    now(),
                    now(),
                    "v1",
                    random.nextInt(3) == 0 ? "1" : "0",
                    "0",
                    random.nextDouble(),
                    Map.of("country", "c" + random.nextInt(5), "salary", 1000 * random.nextDouble()));
            MonitorStep step = monitor.on(state, outcome);
            assertThat(monitor.on(again, outcome)).isEqualTo(step);
            again = again.copy();
        }
        // then
        assertThat(again.toBytes()).isEqualTo(state.toBytes());
    }

    @Test
    void aStateOfBeforeThereWereSlicesIsRead() {
        // given: the layout before ends where the slices begin; after them there is the number of shifts
        watch(Task.BINARY, Map.of(), COUNTRY);
        champion(Optional.of(reference(Task.BINARY)));
        byte[] now = state.toBytes();
        int slices = new SliceState().toBytes().length + 1;
        int shifts = 1; // came later still; there are none
        byte[] before = Arrays.copyOf(now, now.length - slices - shifts);
        before[1] = 2;
        // when
        MonitorState read = MonitorState.fromBytes(before);
        // then
        assertThat(read.toBytes()).isEqualTo(now);
    }

    @Test
    void anAlarmNamesTheSliceThatIsBeyondItsBound() {
        // given: at errs in four of ten rows, all others in one
        watch(Task.BINARY, Map.of(Metric.ACCURACY, .8), COUNTRY);
        champion(Optional.empty());
        Random random = new Random(5);
        Optional<AlarmOpened> alarm = Optional.empty();
        // when
        for (int i = 0; i < 1200 && alarm.isEmpty(); i++) {
            window = i / 400;
            String country = List.of("at", "de", "ch").get(i % 3);
            boolean wrong = random.nextDouble() < (country.equals("at") ? .4 : .1);
            MonitorStep step = monitor.on(
                    state,
                    new ClassOutcome(
                            now(), now(), "v1", wrong ? "1" : "0", "0", Double.NaN, Map.of("country", country)));
            note(step);
            alarm = step.alarm();
        }
        // then
        Evidence evidence = alarm.orElseThrow().evidence();
        assertThat(evidence.kind()).isEqualTo(AlarmKind.PERFORMANCE);
        assertThat(evidence.severity()).isEqualTo(Severity.MAJOR);
        assertThat(evidence.summary())
                .startsWith("accuracy of country=at is 0.")
                .contains("floor 0.800");
        assertThat(evidence.signals()).extracting(Signal::feature).containsExactly("country=at");
        assertThat(window).isEqualTo(2);
    }

    @Test
    void slicesAtTheirBoundsStayWithinTheBudget() {
        // given: two false findings allowed in a hundred windows; twelve slices just at the bounds of three metrics
        int windows = 1_000;
        double perWindow = .02;
        double perYear = perWindow * 10 * Duration.ofDays(1461).dividedBy(4).toMillis() / WINDOW.toMillis();
        watch(MonitorConfig.of(Task.BINARY, SCHEMA, WINDOW)
                .withAlarms(AlarmPolicy.DEFAULT.withBudget(perYear, Duration.ZERO))
                .withSlices(new SlicePolicy(
                        List.of(new SlicePolicy.Column("country", List.of(), 12)),
                        Map.of(Metric.RECALL, .9, Metric.BALANCED_ACCURACY, .9, Metric.LOG_LOSS, 0.3251))));
        SliceJudge judge = new SliceJudge(config);
        Random random = new Random(11);
        int found = 0;
        // when: a tenth of the rows is positive; a score of .9 is right in nine of ten rows, whose log-loss is .3251
        for (window = 0; window < windows; window++) {
            Map<Slice, List<MetricValue>> metrics = new HashMap<>();
            for (int slice = 0; slice < 12; slice++) {
                PerformanceWindow rows = new PerformanceWindow(Task.BINARY);
                for (int i = 0; i < 100; i++) {
                    boolean actual = random.nextInt(10) == 0;
                    boolean right = random.nextDouble() < .9;
                    rows.addBinary(actual, actual == right, actual == right ? .9 : .1);
                }
                state.slices.windows.put(new Slice("country", "c" + slice), rows);
                metrics.put(new Slice("country", "c" + slice), rows.metrics());
            }
            StepBuilder step = new StepBuilder();
            judge.on(state, metrics, now(), now(), step);
            found += step.findings.size();
            state.slices.windows.clear();
        }
        // then: not above the budget by more than chance, and not silent either
        assertThat(judge.level(36)).isBetween(.023, .024);
        assertThat(found).isBetween(1, (int) (windows * perWindow + 3 * Math.sqrt(windows * perWindow)));
    }

    @Test
    void refusesWhatIsNoFeatureAndCutsOfCategories() {
        assertThatThrownBy(() -> watch(Task.BINARY, Map.of(), new SlicePolicy.Column("age", List.of(), 3)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("slices.age: it is no feature");
        assertThatThrownBy(() -> watch(Task.BINARY, Map.of(), new SlicePolicy.Column("country", List.of(1.0), 3)))
                .hasMessageContaining("cut only numbers");
    }
}
