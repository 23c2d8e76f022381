package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.verdict.Judgement;
import java.util.List;
import java.util.Optional;

/**
 * The rollout as a function: state and input to the next state and the decisions, each with its reason. The same inputs
 * give the same decisions, always.
 *
 * <p>Rules, in this order:
 *
 * <ol>
 *   <li>The champion fails at a high rate and the candidate at a comparable one: hold, and go on by itself when the
 *       champion has recovered. A shared outage is nobody's fault.
 *   <li>A guardrail or the paired outcomes show harm: back to the champion. All tests for harm share the error budget:
 *       each speaks at {@code e >= tests / alpha}.
 *   <li>The candidate does not get its share of units: hold, as nothing that speaks for it can be believed.
 *   <li>The deadline has come: what the plan says, with the verdict. No data is never a pass.
 *   <li>A step ends when its time has passed and the candidate has computed enough requests in it, or a person ends it;
 *       none ends in a freeze. The last step also needs a pass: the objective superior, or not inferior by the margin, at
 *       {@code e >= 1 / alpha}, and every guardrail that is to be proven.
 *   <li>After the promotion the previous champion shadows, with a fresh budget; if it proves better it returns.
 * </ol>
 *
 * The weight never rises on the way out. Evidence is gathered here, {@link Rules} decides.
 */
public final class RolloutProcess {
    private RolloutProcess() {}

    /** Takes one input. An ended rollout ignores all but commands, which it refuses. */
    public static RolloutStep apply(Rollout rollout, RolloutInput input) {
        Rollout current = rollout.at(input.time());
        if (!rollout.ended()) {
            current = observed(current, input);
        }
        Situation situation = current.situation();
        Optional<Move> move = Rules.decide(situation, input);
        return move.isEmpty()
                ? new RolloutStep(rollout.ended() ? rollout : current, List.of())
                : new RolloutStep(move.get().of(current), List.of(RolloutDecision.of(situation, input, move.get())));
    }

    private static Rollout observed(Rollout rollout, RolloutInput input) {
        RolloutPlan plan = rollout.plan();
        boolean inShadow = rollout.weightPercent() == 0;
        return rollout.seen(rollout.evidence().and(input, plan, inShadow).matured(rollout.now(), plan));
    }

    /**
     * Makes a recorded decision again, from nothing but what was recorded with it.
     *
     * @param plan the rollout's plan
     * @return the decision; empty if by these rules nothing would have been decided
     */
    public static Optional<RolloutDecision> replay(RolloutPlan plan, RolloutDecision recorded) {
        Situation situation = new Situation(
                plan,
                recorded.from(),
                recorded.times(),
                recorded.time(),
                new Reading.Recorded(plan, recorded.inputs()));
        return Rules.decide(situation, recorded.cause())
                .map(move -> RolloutDecision.of(situation, recorded.cause(), move));
    }

    /** What the evidence says now, with what is missing. */
    public static Judgement judge(Rollout rollout) {
        return new Judge(rollout.situation()).judgement();
    }
}
