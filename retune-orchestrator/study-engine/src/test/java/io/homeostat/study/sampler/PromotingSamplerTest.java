package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Asked;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.study.TrialState;
import io.homeostat.study.trial.FinishedTrial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromotingSamplerTest extends SamplerContract {
    private static final Instant NOW = Instant.EPOCH;
    private static final Space SPACE = Space.parse(Map.of("x", Map.of("int", List.of(0, 99))));

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("promoting").sampler();
    }

    private static Configuration at(int x) {
        return SPACE.validate(Map.of("x", x));
    }

    private static Suggestion next(List<FinishedTrial> finished, Configuration... running) {
        return SamplerSpec.parse(Map.of("promoting", Map.of("sampler", "random")))
                .sampler()
                .suggest(new SamplerRequest(
                        SPACE, Goal.MINIMIZE, finished, List.of(running), 1, finished.size() + running.length));
    }

    private static List<FinishedTrial> paused(int many) {
        List<FinishedTrial> trials = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            trials.add(FinishedTrial.pruned(i, at(i), i == 2 ? .1 : .5 + i, 4));
        }
        return trials;
    }

    @Test
    void thePausedTrialThatIsAmongTheBestQuarterGoesOn() {
        // when
        Suggestion suggestion = next(paused(4));

        // then
        assertThat(suggestion.configuration()).isEqualTo(at(2));
        assertThat(suggestion.notes()).isEqualTo(Map.of("resumes", "2", "fromStep", "4"));
        assertThat(suggestion.reason()).isEqualTo("trial 2 goes on: it is number 1 of 4 at step 4");
    }

    @Test
    void threeAreTooFewAndNoneGoesOnTwice() {
        // given
        List<FinishedTrial> resumed = paused(4);
        resumed.add(FinishedTrial.failed(4, at(2)).withNotes(Map.of("resumes", "2", "fromStep", "4")));

        // then
        assertThat(next(paused(3)).notes()).isEmpty();
        assertThat(next(resumed).notes()).isEmpty();
        assertThat(next(paused(4), at(2)).notes()).isEmpty();
    }

    @Test
    void aStudyOfBothHalvesTrainsTheBestToTheEndFromWhereItPaused() {
        // given
        StudySpec spec = StudySpec.of("s", SPACE, Objective.minimize("loss"))
                .withPruner(Map.of("asha", Map.of("kind", "promotion")))
                .withSampler(Map.of("promoting", Map.of("sampler", "random")))
                .withBudget(Budget.trials(60).withFullStep(16));
        StudyState state = Study.start(spec, List.of(), NOW);

        // when
        while (!Study.isDone(state, NOW).done()) {
            Asked asked = Study.ask(state, NOW);
            state = trained(asked.state(), asked.trial().orElseThrow());
        }

        // then
        Trial best = Results.best(state).orElseThrow();
        List<Trial> promoted = state.trials().stream()
                .filter(trial -> trial.origin().notes().containsKey("resumes"))
                .toList();
        assertThat(promoted).isNotEmpty();
        assertThat(best.value().orElseThrow()).isLessThan(5);
        for (Trial trial : promoted) {
            Trial before =
                    state.trials().get(Integer.parseInt(trial.origin().notes().get("resumes")));
            assertThat(before.state()).isEqualTo(TrialState.PRUNED);
            assertThat(before.configuration()).isEqualTo(trial.configuration());
        }
    }

    private static StudyState trained(StudyState state, Trial trial) {
        long x = (Long) trial.configuration().values().get("x");
        StudyState next = state;
        int from = Integer.parseInt(trial.origin().notes().getOrDefault("fromStep", "0"));
        for (int step = from + 1; step <= 16; step++) {
            var reported = Study.report(next, trial.number(), 1, step, x + 10.0 / step, NOW);
            next = reported.state();
            if (reported.decision().prune()) {
                return next;
            }
        }
        return Study.tell(next, trial.number(), TrialResult.value(x), NOW).state();
    }
}
