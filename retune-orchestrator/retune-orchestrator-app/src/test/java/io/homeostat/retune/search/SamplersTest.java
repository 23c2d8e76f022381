package io.homeostat.retune.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Objective;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Asked;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SamplersTest {
    @Test
    void aSamplerThatFailsGivesWayToARandomPointAndTheReasonSaysSo() {
        Space space = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));
        StudyState state = Study.start(StudySpec.of("s", space, Objective.minimize("loss")), List.of(), Instant.EPOCH);
        Sampler failing = Samplers.unfailing(request -> {
            throw new IllegalStateException("dimension 1");
        });

        // when
        Asked asked = Study.ask(state, failing, Instant.EPOCH);

        // then
        assertThat(asked.trial().orElseThrow().origin().reason())
                .isEqualTo(
                        "random: the sampler failed, please report it: java.lang.IllegalStateException: dimension 1");
        assertThat(Study.ask(state, failing, Instant.EPOCH)).isEqualTo(asked);
    }
}
