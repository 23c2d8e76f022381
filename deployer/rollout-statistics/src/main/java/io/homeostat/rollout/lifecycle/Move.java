package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.lifecycle.RolloutDecision.Action;
import io.homeostat.rollout.plan.Policies;

/**
 * What is to be done.
 *
 * @param action in a word
 * @param next the state from now on
 * @param reason why, in a sentence
 */
record Move(Action action, RolloutState next, String reason) {
    static Move advance(Situation s, RolloutState.Running running, String reason) {
        return new Move(Action.ADVANCE, running.advance(s.plan()), reason);
    }

    static Move promote(Situation s, RolloutState.Undecided undecided, String reason) {
        return new Move(Action.PROMOTE, undecided.promote(s.now().plus(s.plan().watchAfterPromotion())), reason);
    }

    static Move rollBack(RolloutState.Active active, RollbackCause cause, String reason) {
        return new Move(Action.ROLLBACK, active.rollBack(cause), reason);
    }

    static Move hold(Situation s, RolloutState.Undecided undecided, HoldReason why, String reason) {
        return new Move(Action.HOLD, undecided.hold(why, reason, s.now()), reason);
    }

    static Move resume(RolloutState.Held held, String reason) {
        return new Move(Action.RESUME, held.resume(), reason);
    }

    static Move finish(RolloutState.Watching watching, String reason) {
        return new Move(Action.FINISH, watching.finish(), reason);
    }

    static Move refuse(Situation s, String reason) {
        return new Move(Action.REFUSE, s.state(), reason);
    }

    /** The rollout after it: what begins with the new state begins now. */
    Rollout of(Rollout rollout) {
        RolloutEvidence evidence = rollout.evidence();
        Times times = rollout.times();
        return switch (action) {
            case ADVANCE -> rollout.become(next, evidence.atNextStep(), stepFrom(rollout));
            case PROMOTE -> rollout.become(next, evidence.afresh(rollout.plan()), stepFrom(rollout));
            case RESUME -> rollout.become(next, overruled(rollout), stepFrom(rollout));
            case ROLLBACK, HOLD, FINISH -> rollout.become(next, evidence, times);
            case REFUSE -> rollout;
        };
    }

    /* A person who lets a rollout go on in spite of what the tests have said starts them again. */
    private static RolloutEvidence overruled(Rollout rollout) {
        boolean against = rollout.state() instanceof RolloutState.Held held
                && (held.reason() == HoldReason.HARM || held.reason() == HoldReason.EVIDENCE_SKEWED);
        return against ? rollout.evidence().afresh(rollout.plan()) : rollout.evidence();
    }

    /* Deadlines that have passed while somebody was waited for begin again. */
    private static Times stepFrom(Rollout rollout) {
        Times times = rollout.times();
        Policies policies = rollout.plan().decision().policies();
        boolean passed = !rollout.now().isBefore(times.deadlines().plus(policies.firstDeadline()));
        return new Times(times.started(), rollout.now(), passed ? rollout.now() : times.deadlines());
    }
}
