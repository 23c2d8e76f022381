package io.homeostat.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.lifecycle.Rollout;
import io.homeostat.rollout.lifecycle.RolloutDecision;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutStep;
import io.homeostat.rollout.lifecycle.VersionRef;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.verdict.Judgement;
import io.homeostat.rollout.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Runs the example of the README; that it is the same is seen where all modules are, by {@code ReadmeExamplesTest}. */
class ReadmeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RolloutPlan PLAN = new RolloutPlan(
            List.of(new Step.Shadow(Duration.ofMinutes(5))),
            List.of(Guardrail.errors("errorRate", 0)),
            Decision.on("accuracy"),
            List.of(),
            Duration.ofHours(1),
            20,
            0);

    private static List<Object> example(
            String id,
            String model,
            String salt,
            VersionRef champion,
            VersionRef candidate,
            RolloutPlan plan,
            Instant now,
            RolloutInput input) {
        // example:start
        Rollout rollout = Rollout.start(id, model, salt, champion, candidate, plan, now);

        // the next rollout, and what was decided
        RolloutStep step = RolloutProcess.apply(rollout, input);
        rollout = step.next();
        List<RolloutDecision> decisions = step.decisions();

        // PASS, FAIL, INCONCLUSIVE ("needs about 3700 more labels, about 3h42m") …
        Judgement judgement = RolloutProcess.judge(rollout);

        // the same decision, from what was recorded with it
        Optional<RolloutDecision> again = RolloutProcess.replay(plan, decisions.get(0));
        // example:end
        return List.of(decisions.get(0), judgement.verdict(), again.orElseThrow());
    }

    @Test
    void theExampleDecidesTheSameAgain() {
        RolloutInput hold = new RolloutInput.Command(NOW, RolloutInput.Command.Kind.HOLD, "ann", "wait");
        List<Object> found =
                example("r1", "loans", "salt", new VersionRef("v1", "aa"), new VersionRef("v2", "bb"), PLAN, NOW, hold);
        assertThat(found.get(1)).isEqualTo(Verdict.NO_DATA);
        assertThat(found.get(2)).isEqualTo(found.get(0));
    }
}
