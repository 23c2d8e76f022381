package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.Decision.OnDeadline;
import io.homeostat.rollout.verdict.Judgement;
import io.homeostat.rollout.verdict.Verdict;
import java.time.Duration;
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
 *   <li>The deadline has come: what the plan says, with the verdict. No data is never a pass.
 *   <li>A step ends when its time has passed and the candidate has computed enough requests in it. The last step also
 *       needs a pass: superior, or not inferior by the margin, at {@code e >= 1 / alpha}.
 *   <li>After the promotion the previous champion shadows, with a fresh budget; if it proves better it returns.
 * </ol>
 *
 * The weight never rises on the way out.
 */
public final class RolloutProcess {
    private RolloutProcess() {}

    /** Takes one input. An ended rollout ignores all but commands, which it refuses. */
    public static RolloutStep apply(Rollout rollout, RolloutInput input) {
        Rollout current = rollout.at(input.time());
        if (input instanceof RolloutInput.Command command) {
            return Orders.obey(current, command);
        }
        if (input instanceof RolloutInput.Superseded superseded) {
            return Orders.supersede(current, superseded);
        }
        return rollout.ended() ? RolloutStep.waiting(rollout) : decide(current.seen(evidence(current, input)));
    }

    /** What the evidence says now, with what is missing. */
    public static Judgement judge(Rollout rollout) {
        return new Judge(rollout).judgement();
    }

    private static RolloutEvidence evidence(Rollout rollout, RolloutInput input) {
        RolloutEvidence evidence = rollout.evidence();
        RolloutState state = rollout.state();
        if (input instanceof RolloutInput.Exposure exposure) {
            return evidence.observe(exposure, rollout.plan(), state.weightPercent() == 0);
        }
        if (input instanceof RolloutInput.PairedOutcome outcome) {
            return evidence.paired(outcome.difference(), state instanceof RolloutState.Watching);
        }
        return input instanceof RolloutInput.LabelSeen label ? evidence.labelled(label.arm()) : evidence;
    }

    private static RolloutStep decide(Rollout rollout) {
        Judge judge = new Judge(rollout);
        if (rollout.state() instanceof RolloutState.Watching watching) {
            return harm(rollout, watching, judge).orElseGet(() -> watch(rollout, watching));
        }
        if (judge.platformFails()) {
            return platformFailing(rollout, judge);
        }
        if (rollout.state() instanceof RolloutState.Held held) {
            return harm(rollout, held, judge).orElseGet(() -> held(rollout, held, judge));
        }
        if (rollout.state() instanceof RolloutState.Running running) {
            return harm(rollout, running, judge).orElseGet(() -> run(rollout, running, judge));
        }
        return RolloutStep.waiting(rollout);
    }

    private static RolloutStep platformFailing(Rollout rollout, Judge judge) {
        return rollout.state() instanceof RolloutState.Running running
                ? Moves.hold(rollout, running, HoldReason.PLATFORM_FAILING, judge.platformSentence())
                : RolloutStep.waiting(rollout);
    }

    private static Optional<RolloutStep> harm(Rollout rollout, RolloutState.Active active, Judge judge) {
        Optional<String> guardrail = judge.guardrailHarm();
        if (guardrail.isPresent()) {
            return Optional.of(Moves.rollBack(rollout, active, RollbackCause.CANDIDATE_BAD, guardrail.get()));
        }
        if (!judge.pairedHarm()) {
            return Optional.empty();
        }
        return Optional.of(Moves.rollBack(rollout, active, pairedCause(active, judge), judge.pairedHarmSentence()));
    }

    private static RollbackCause pairedCause(RolloutState.Active active, Judge judge) {
        if (active instanceof RolloutState.Watching) {
            return RollbackCause.PREVIOUS_CHAMPION_BETTER;
        }
        return judge.wasSuperior() ? RollbackCause.WORLD_CHANGED : RollbackCause.CANDIDATE_BAD;
    }

    private static RolloutStep watch(Rollout rollout, RolloutState.Watching watching) {
        if (rollout.now().isBefore(watching.until())) {
            return RolloutStep.waiting(rollout);
        }
        Duration watched = rollout.plan().watchAfterPromotion();
        String seen = rollout.evidence().watchPairs().sentence();
        return Moves.finish(
                rollout,
                watching,
                "watched for " + Sentences.time(watched) + ", the previous champion did not prove better; " + seen);
    }

    private static RolloutStep held(Rollout rollout, RolloutState.Held held, Judge judge) {
        if (held.reason() == HoldReason.PLATFORM_FAILING && judge.platformRecovered()) {
            return Moves.resume(
                    rollout,
                    held,
                    "the champion has recovered: "
                            + Sentences.percent(
                                    rollout.evidence().stable().recent().rate())
                            + " of its recent requests fail");
        }
        return RolloutStep.waiting(rollout);
    }

    private static RolloutStep run(Rollout rollout, RolloutState.Running running, Judge judge) {
        boolean last = running.step() == rollout.plan().steps().size() - 1;
        boolean ready = stepDone(rollout, running, judge);
        if (ready && last && (judge.superior() || judge.nonInferior())) {
            return Moves.promote(rollout, running, judge.judgement().reason());
        }
        if (!rollout.now().isBefore(rollout.decideBy())) {
            return deadline(rollout, running, judge);
        }
        return ready && !last
                ? Moves.advance(rollout, running, advanceSentence(rollout, running, judge))
                : RolloutStep.waiting(rollout);
    }

    private static boolean stepDone(Rollout rollout, RolloutState.Running running, Judge judge) {
        Duration hold = rollout.plan().steps().get(running.step()).hold();
        boolean labelled = !(running instanceof RolloutState.Shadow)
                || rollout.evidence().pairs().pairs() >= rollout.plan().minimumShadowLabels();
        return rollout.inStep().compareTo(hold) >= 0 && judge.enoughRequests() && labelled;
    }

    private static String advanceSentence(Rollout rollout, RolloutState.Running running, Judge judge) {
        return running.label() + " lasted " + Sentences.time(rollout.inStep()) + " with "
                + rollout.evidence().candidateInStep() + " requests of the candidate and no harm; "
                + judge.judgement().reason();
    }

    private static RolloutStep deadline(Rollout rollout, RolloutState.Running running, Judge judge) {
        Judgement judgement = judge.judgement();
        String reason = "the deadline of "
                + Sentences.time(rollout.plan().decision().deadline()) + " has come: " + judgement.reason();
        OnDeadline policy = rollout.plan().decision().onDeadline();
        if (policy == OnDeadline.ROLLBACK) {
            return Moves.rollBack(rollout, running, RollbackCause.DEADLINE, reason);
        }
        boolean enough =
                rollout.evidence().candidate().requests() >= rollout.plan().minimumRequests();
        if (!enough || judgement.verdict() == Verdict.NO_DATA || policy == OnDeadline.HOLD) {
            return Moves.hold(rollout, running, HoldReason.DEADLINE, reason);
        }
        if (policy == OnDeadline.PROMOTE) {
            return Moves.promote(rollout, running, reason + "; the plan says to promote then");
        }
        return judge.isBehind()
                ? Moves.rollBack(
                        rollout, running, RollbackCause.DEADLINE, reason + "; the champion leads, so the plan keeps it")
                : Moves.promote(rollout, running, reason + "; the champion does not lead, so the plan promotes");
    }
}
