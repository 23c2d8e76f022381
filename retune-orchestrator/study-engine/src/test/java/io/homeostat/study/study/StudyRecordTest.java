package io.homeostat.study.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.pruner.PrunerSpec;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.space.Space;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written and read goes on as if it had not been, for every registered sampler and pruner. */
class StudyRecordTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    // the worst that a store may do to a map: lose its order
    private static final ObjectMapper MAPPER =
            new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("x", Map.of("float", List.of(0, 1)));
        map.put("model", Map.of("categorical", List.of("net", 2, true), "weights", List.of(2, 1, 1)));
        map.put("layers", Map.of("int", List.of(1, 3), "when", Map.of("model", "net")));
        map.put("units", Map.of("int", List.of(8, 512), "log", true, "when", Map.of("layers", Map.of("atLeast", 2))));
        map.put("batch", Map.of("ordinal", List.of(16, 32, 256)));
        map.put("noise", Map.of("lognormal", List.of(-3, 1)));
        return Space.parse(map);
    }

    private static StudySpec spec(String sampler, String pruner, Objective... objectives) {
        return StudySpec.of("s", space(), objectives)
                .withSampler(sampler)
                .withPruner(pruner)
                .withBudget(Budget.trials(24).withFullStep(9))
                .withSeed(3)
                .withParallel(4);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> json(Map<String, Object> map) {
        try {
            return MAPPER.readValue(MAPPER.writeValueAsString(map), Map.class);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static StudyState written(StudyState state) {
        return StudyRecord.read(json(StudyRecord.write(state)));
    }

    /** Four workers in an order drawn from the seed. */
    private static StudyState play(StudySpec spec, long seed, UnaryOperator<StudyState> between) {
        SplittableRandom random = new SplittableRandom(seed);
        Enqueued champion = new Enqueued(spec.space().middle(), "champion");
        StudyState state = Study.start(spec, List.of(champion), T0);
        Instant now = T0;
        while (!Study.isDone(state, now).done()) {
            now = now.plusMillis(random.nextInt(1000));
            state = between.apply(Study.ask(state, now).state());
            List<Trial> open = state.open();
            state = between.apply(event(state, open.get(random.nextInt(open.size())), random, now));
        }
        return state;
    }

    private static StudyState event(StudyState state, Trial trial, SplittableRandom random, Instant now) {
        double x = (Double) trial.configuration().values().get("x") + random.nextDouble() / 10;
        int kind = random.nextInt(12);
        int step = trial.steps().size() + 1;
        if (kind < 8 && step <= 9) {
            return Study.report(state, trial.number(), 1, step, x, now).state();
        }
        double[] values = state.spec().objectives().size() == 1 ? new double[] {x} : new double[] {x, 1 - x * x};
        TrialResult result = kind == 11 ? TrialResult.failed("bad luck") : TrialResult.value(values);
        return Study.tell(state, trial.number(), 1, result, new Cost(5, 7), now).state();
    }

    static Stream<StudySpec> studies() {
        Objective loss = Objective.minimize("loss");
        Objective speed = Objective.maximize("speed");
        Stream<StudySpec> samplers = SamplerSpec.names().stream()
                .flatMap(name -> Stream.of(spec(name, "median", loss), spec(name, "never", loss, speed)));
        return Stream.concat(samplers, PrunerSpec.names().stream().map(name -> spec("random", name, loss)));
    }

    @ParameterizedTest
    @MethodSource("studies")
    void theSameEventsGiveTheSameStudyAlsoWhenWrittenAndReadInTheMiddle(StudySpec spec) {
        // given: written and read now and then, so that the events in between have a history that grew
        int[] count = {0};

        // when
        StudyState played = play(spec, 5, state -> state);
        StudyState interrupted = play(spec, 5, state -> ++count[0] % 7 == 0 ? written(state) : state);

        // then
        assertThat(interrupted).isEqualTo(played);
        assertThat(written(played)).isEqualTo(played);
        assertThat(StudyRecord.write(interrupted)).isEqualTo(StudyRecord.write(played));
        assertThat(played.trials().size()).isEqualTo(24);
    }

    @Test
    void everythingOfAStudyIsKept() {
        // given
        StudySpec spec = spec("tpe", "median", Objective.minimize("loss"))
                .withConstraints("memory", "latency")
                .withSampler(Map.of("tpe", Map.of("startupTrials", 3)))
                .withBudget(Budget.trials(9)
                        .withWall(Duration.ofHours(1))
                        .withCpu(Duration.ofHours(2))
                        .withGpu(Duration.ofHours(3))
                        .withFullStep(81))
                .withStop(StopWhen.BUDGET_IS_USED_UP
                        .withTarget(-1)
                        .withNoImprovementIn(5)
                        .withExpectedImprovementBelow(1e-9));
        StudyState state = Study.start(spec, List.of(), T0);
        state = Study.ask(state, T0).state();
        state = Study.begin(state, 0, 2, "w-1", T0.plusNanos(1)).state();
        state = Study.report(state, 0, 2, 4, 0.25, T0.plusSeconds(2)).state();
        state = Study.note(state, 0, Map.of("artifact", "a/b")).state();
        TrialResult result = TrialResult.value(0.1).withConstraints(-1, 2);
        state = Study.tell(state, 0, 2, result, new Cost(3, 4), T0.plusSeconds(3))
                .state();
        state = Study.ask(state, T0.plusSeconds(4)).state();
        state = Study.enqueue(state, new Enqueued(spec.space().middle(), "once more"));

        // when
        StudyState read = written(state);

        // then
        assertThat(read).isEqualTo(state);
        assertThat(read.trials()).isEqualTo(state.trials());
        assertThat(read.trials().get(0).worker()).contains("w-1");
        assertThat(read.cost()).isEqualTo(new Cost(3, 4));
        assertThat(read.enqueued()).hasSize(1);
        assertThat(written(Study.end(state, "enough", T0.plusSeconds(5))))
                .isEqualTo(Study.end(state, "enough", T0.plusSeconds(5)));
    }

    @Test
    void whatIsWrittenHasOneOrder() {
        // given: maps whose order is another one in each run of the JVM would make other files of the same study
        StudySpec spec = spec("random", "never", Objective.minimize("loss"));
        StudyState state = Study.start(spec, List.of(new Enqueued(spec.space().middle(), "champion")), T0);

        // when
        Map<String, Object> written = StudyRecord.write(state);

        // then
        assertThat(written.toString())
                .contains("objectives=[{metric=loss, goal=minimize}]")
                .contains("enqueued=[{configuration={")
                .endsWith("}, reason=champion}]}");
    }

    @Test
    void theOrderInWhichTrialsEndedIsKeptAlsoWithinOneMoment() {
        // given
        StudyState state = Study.start(spec("random", "never", Objective.minimize("loss")), List.of(), T0);
        for (int i = 0; i < 3; i++) {
            state = Study.ask(state, T0).state();
        }
        for (int number : new int[] {2, 0, 1}) {
            state = Study.tell(state, number, TrialResult.value(number), T0).state();
        }

        // when
        StudyState read = written(state);

        // then
        assertThat(read.history()).extracting(trial -> trial.number()).containsExactly(2, 0, 1);
    }

    @Test
    void whatCannotBeReadIsNamed() {
        // given
        StudyState state = play(spec("random", "never", Objective.minimize("loss")), 1, s -> s);
        Map<String, Object> good = json(StudyRecord.write(state));

        // when / then
        assertThatThrownBy(() -> StudyRecord.read(with(good, "version", 2)))
                .hasMessage(
                        "study.version: 2 is not 1, the only one this release reads. Use the release that wrote it.");
        assertThatThrownBy(() -> StudyRecord.read(with(good, "startedAt", "noon")))
                .hasMessageStartingWith("study.startedAt: noon is not a time");
        assertThatThrownBy(() -> StudyRecord.read(with(good, "spec", null))).hasMessage("study.spec: is missing.");
        assertThatThrownBy(() -> StudyRecord.read(with(good, "endings", List.of(0, 0))))
                .hasMessageStartingWith("study.endings: does not name each trial that has ended once.");
        assertThatThrownBy(() -> StudyRecord.read(with(good, "trials", List.of(Map.of()))))
                .hasMessageStartingWith("study.trials[0].configuration: is missing.");
        assertThatThrownBy(() -> StudyRecord.read(with(good, "trials", List.of(Map.of("configuration", Map.of())))))
                .hasMessage("study.trials[0].configuration.x: is missing.");
    }

    private static Map<String, Object> with(Map<String, Object> map, String name, Object value) {
        Map<String, Object> changed = new HashMap<>(map);
        changed.put(name, value);
        return changed;
    }

    @Test
    void aTrialThatDoesNotFitItsStudyIsNamed() {
        // given
        StudyState state = Study.start(spec("random", "never", Objective.minimize("loss")), List.of(), T0);
        state = Study.ask(state, T0).state();
        state = Study.report(state, 0, 1, 1, .5, T0).state();
        state = Study.tell(state, 0, TrialResult.value(.5), T0).state();
        Map<String, Object> good = json(StudyRecord.write(state));

        // when / then
        assertThatThrownBy(() -> StudyRecord.read(withTrial(good, "values", List.of(1, 2))))
                .hasMessage("study.trials[0]: 2 values for the 1 objectives [loss].");
        assertThatThrownBy(() -> StudyRecord.read(withTrial(good, "values", List.of(Double.NaN))))
                .hasMessage("study.trials[0]: value NaN is not a finite number.");
        assertThatThrownBy(() -> StudyRecord.read(withTrial(good, "constraints", List.of(1))))
                .hasMessage("study.trials[0]: 1 constraint values for the 0 constraints [].");
        assertThatThrownBy(() -> StudyRecord.read(withTrial(good, "stepValues", List.of(1, 2))))
                .hasMessage("study.trials[0].stepValues: 2 values for 1 steps.");
        assertThatThrownBy(() -> StudyRecord.read(withTrial(good, "attempt", 1L << 32)))
                .hasMessage("study.trials[0].attempt: 4294967296 is too large.");
    }

    private static Map<String, Object> withTrial(Map<String, Object> good, String name, Object value) {
        Map<?, ?> trial = (Map<?, ?>) ((List<?>) good.get("trials")).get(0);
        Map<String, Object> changed = new HashMap<>();
        trial.forEach((key, each) -> changed.put((String) key, each));
        changed.put(name, value);
        return with(good, "trials", List.of(changed));
    }
}
