package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.lifecycle.RolloutDecision.Action;
import java.time.Instant;
import java.util.List;

/** Carries out a move: the next rollout, and the decision that says so. */
final class Moves {
    private Moves() {}

    static RolloutStep advance(Rollout rollout, RolloutState.Running running, String reason) {
        RolloutState.Running to = running.advance(rollout.plan());
        Rollout next = rollout.become(to, rollout.evidence().atNextStep(), rollout.now(), rollout.decideBy());
        return decided(rollout, next, Action.ADVANCE, reason);
    }

    static RolloutStep promote(Rollout rollout, RolloutState.Undecided undecided, String reason) {
        Instant until = rollout.now().plus(rollout.plan().watchAfterPromotion());
        Rollout next = rollout.become(
                undecided.promote(until),
                rollout.evidence().atPromotion(rollout.plan()),
                rollout.now(),
                rollout.decideBy());
        return decided(rollout, next, Action.PROMOTE, reason);
    }

    static RolloutStep rollBack(Rollout rollout, RolloutState.Active active, RollbackCause cause, String reason) {
        return decided(rollout, same(rollout, active.rollBack(cause)), Action.ROLLBACK, reason);
    }

    static RolloutStep hold(Rollout rollout, RolloutState.Running running, HoldReason why, String reason) {
        return decided(rollout, same(rollout, running.hold(why, reason)), Action.HOLD, reason);
    }

    /** The step's time starts again, and so does the deadline if it was what stopped the rollout. */
    static RolloutStep resume(Rollout rollout, RolloutState.Held held, String reason) {
        Instant fresh = rollout.now().plus(rollout.plan().decision().deadline());
        Instant decideBy = rollout.now().isBefore(rollout.decideBy()) ? rollout.decideBy() : fresh;
        Rollout next = rollout.become(held.resume(), rollout.evidence(), rollout.now(), decideBy);
        return decided(rollout, next, Action.RESUME, reason);
    }

    static RolloutStep finish(Rollout rollout, RolloutState.Watching watching, String reason) {
        return decided(rollout, same(rollout, watching.finish()), Action.FINISH, reason);
    }

    static RolloutStep refuse(Rollout rollout, String reason) {
        return decided(rollout, rollout, Action.REFUSE, reason);
    }

    private static Rollout same(Rollout rollout, RolloutState next) {
        return rollout.become(next, rollout.evidence(), rollout.stepStartedAt(), rollout.decideBy());
    }

    private static RolloutStep decided(Rollout before, Rollout next, Action action, String reason) {
        Judge judge = new Judge(before);
        RolloutDecision decision = new RolloutDecision(
                before.now(),
                before.state(),
                next.state(),
                action,
                next.weightPercent(),
                judge.judgement().verdict(),
                judge.inputs(),
                reason);
        return new RolloutStep(next, List.of(decision));
    }
}
