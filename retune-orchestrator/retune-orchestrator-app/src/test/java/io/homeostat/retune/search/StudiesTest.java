package io.homeostat.retune.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Period;
import io.homeostat.backbone.spec.RetuneSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.retune.fixture.Given;
import io.homeostat.study.sampler.PromotingSampler;
import io.homeostat.study.study.Asked;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StudiesTest {
    private static final Map<String, Object> LEAVES = Map.of("num_leaves", Map.of("int", List.of(4, 64)));

    private static ModelSpec model(Map<String, Object> space, Map<String, Object> fixed) {
        RetuneSpec retune =
                new RetuneSpec(new RetuneSpec.Trainer(fixed), space, null, null, null, null, "auto", null, null, null);
        Map<String, FeatureKind> features = Map.of("salary", FeatureKind.NUMERIC);
        return new ModelSpec(Given.MODEL, TaskKind.BINARY, null, null, features, null, retune, null);
    }

    @Test
    void theStudyKnowsWhereTrialsEndUnlessThatIsSearched() {
        // given
        Map<String, Object> constant =
                Map.of("num_leaves", Map.of("int", List.of(4, 64)), "num_iterations", Map.of("constant", 200));
        Map<String, Object> searched = Map.of("num_iterations", Map.of("int", List.of(20, 300)));

        // then
        assertThat(fullStep(LEAVES, Map.of())).hasValue(100);
        assertThat(fullStep(LEAVES, Map.of("num_iterations", 400))).hasValue(400);
        assertThat(fullStep(constant, Map.of())).hasValue(200);
        assertThat(fullStep(searched, Map.of())).isEmpty();
    }

    private static java.util.OptionalLong fullStep(Map<String, Object> space, Map<String, Object> fixed) {
        return Studies.spec("s", model(space, fixed), 10).budget().fullStep();
    }

    @Test
    void aTrialReportsAboutTenTimes() {
        // given
        ModelSpec model = model(LEAVES, Map.of("num_iterations", 400));
        StudySpec spec = Studies.spec("s", model, 10);
        StudyState state = Study.start(spec, List.of(), Given.T0);

        // when
        Asked asked = Study.ask(state, Given.T0);

        // then
        assertThat(Studies.task(
                                "r1",
                                model,
                                Given.snapshot(),
                                asked.state(),
                                asked.trial().orElseThrow())
                        .reportEvery())
                .isEqualTo(40);
    }

    @Test
    void aTrialThatGoesOnFromOthersIsGivenWhatComesBefore() {
        // given: a population of four, in pieces of 10 iterations
        Map<String, Object> pbt = Map.of("pbt", Map.of("population", 4, "interval", 10, "quantile", 0.5));
        StudySpec spec = Studies.spec("s", model(LEAVES, Map.of()), 40).withSampler(pbt);
        StudyState state = Study.start(spec, List.of(), Given.T0);
        List<WorkerTask.RunTrial> tasks = new ArrayList<>();

        // when
        while (tasks.size() < 40) {
            Asked asked = Study.ask(state, Given.T0);
            Trial trial = asked.trial().orElseThrow();
            tasks.add(Studies.task("r1", model(LEAVES, Map.of()), Given.snapshot(), asked.state(), trial));
            double leaves = ((Number) trial.configuration().values().get("num_leaves")).doubleValue();
            state = Study.tell(asked.state(), trial.number(), TrialResult.value(leaves), Given.T0)
                    .state();
        }

        // then
        assertThat(tasks.get(0).before()).isEmpty();
        assertThat(tasks).extracting(WorkerTask.RunTrial::untilStep).contains(10, 20, 50);
        for (WorkerTask.RunTrial task : tasks) {
            String parent =
                    state.trials().get(task.trial()).origin().notes().getOrDefault(PromotingSampler.RESUMES, "");
            if (!parent.isEmpty()) {
                WorkerTask.RunTrial before = tasks.get(Integer.parseInt(parent));
                List<WorkerTask.Stage> whole = new ArrayList<>(before.before());
                whole.add(new WorkerTask.Stage(Objects.requireNonNull(before.untilStep()), before.parameters()));
                assertThat(at(task.before(), task.parameters())).isEqualTo(at(whole, task.parameters()));
            }
        }
        assertThat(tasks).extracting(task -> task.before().size()).contains(0, 1, 2);
    }

    /** The parameters iteration by iteration; the last ones after all stages. */
    private static List<Object> at(List<WorkerTask.Stage> stages, Map<String, Object> last) {
        List<Object> all = new ArrayList<>();
        for (int step = 0; step < 100; step++) {
            int now = step;
            all.add(stages.stream()
                    .filter(stage -> now < stage.untilStep())
                    .findFirst()
                    .map(stage -> (Object) stage.parameters())
                    .orElse(last));
        }
        return all;
    }

    @Test
    void theProcessorTimeOfTheBudgetIsTheStudys() {
        // given
        RetuneSpec.Budget budget = new RetuneSpec.Budget(10, null, null, new Period(Duration.ofMinutes(3)), null);
        RetuneSpec retune = new RetuneSpec(null, null, null, budget, null, null, null, null, null, null);
        ModelSpec model = new ModelSpec(
                Given.MODEL, TaskKind.BINARY, null, null, Map.of("salary", FeatureKind.NUMERIC), null, retune, null);

        // then
        assertThat(Studies.spec("s", model, 10).budget().cpu()).hasValue(Duration.ofMinutes(3));
    }
}
