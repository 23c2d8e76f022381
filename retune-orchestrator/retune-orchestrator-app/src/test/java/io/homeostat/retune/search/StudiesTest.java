package io.homeostat.retune.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RetuneSpec;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.retune.fixture.Given;
import io.homeostat.study.study.Asked;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StudiesTest {
    private static final Map<String, Object> LEAVES = Map.of("num_leaves", Map.of("int", List.of(4, 64)));

    private static ModelSpec model(Map<String, Object> space, Map<String, Object> fixed) {
        RetuneSpec retune =
                new RetuneSpec(new RetuneSpec.Trainer(fixed), space, null, null, null, "auto", null, null, null);
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
        assertThat(Studies.task("r1", model, Given.snapshot(), asked.trial().orElseThrow())
                        .reportEvery())
                .isEqualTo(40);
    }
}
