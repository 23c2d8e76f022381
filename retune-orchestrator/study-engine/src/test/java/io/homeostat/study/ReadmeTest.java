package io.homeostat.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Runs the example of the README; that it is the same is seen where all modules are, by {@code ReadmeExamplesTest}. */
class ReadmeTest {

    private static Trial example() {
        // example:start
        Space space = Space.parse(new TreeMap<>(Map.of(
                "x", Map.of("float", List.of(-5, 5)),
                "depth", Map.of("int", List.of(1, 64), "log", true),
                "kind", Map.of("categorical", List.of("gbdt", "dart")))));
        StudySpec spec = StudySpec.of("demo", space, Objective.minimize("loss")).withBudget(Budget.trials(60));
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        StudyState study = Study.start(spec, List.of(), now);
        while (!Study.isDone(study, now).done()) {
            var asked = Study.ask(study, now);
            Trial trial = asked.trial().orElseThrow();
            double x = (Double) trial.configuration().values().get("x");
            long depth = (Long) trial.configuration().values().get("depth");
            double loss = (x - 1) * (x - 1) + Math.abs(depth - 8) / 64.0;
            study = Study.tell(asked.state(), trial.number(), TrialResult.value(loss), now)
                    .state();
        }
        Trial best = Results.best(study).orElseThrow();
        // example:end
        return best;
    }

    @Test
    void theExampleFindsTheValley() {
        assertThat(example().value().orElseThrow()).isLessThan(0.2);
    }
}
