package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.lifecycle.RolloutInput.Command;
import io.homeostat.rollout.plan.FreezeWindow;
import java.util.Optional;

/** Obeys people and newer candidates, or refuses with a reason. */
final class Orders {
    private Orders() {}

    static Move obey(Situation s, Command command) {
        String reason = command.who() + ": " + command.why();
        RolloutState state = s.state();
        return switch (command.kind()) {
            case PROMOTE ->
                state instanceof RolloutState.Undecided undecided
                        ? thawed(s, command, Move.promote(s, undecided, "promoted by " + reason))
                        : refused(s, command, "It has been decided already.");
            case HOLD ->
                state instanceof RolloutState.Running running
                        ? Move.hold(s, running, HoldReason.MANUAL, "held by " + reason)
                        : refused(s, command, "Only a step under way can be held.");
            case RESUME -> resume(s, command, reason);
            case ABORT ->
                state instanceof RolloutState.Undecided undecided
                        ? Move.rollBack(undecided, endedBy(undecided), "aborted by " + reason)
                        : refused(s, command, "After a promotion ROLLBACK returns to the previous champion.");
            case ROLLBACK ->
                state instanceof RolloutState.Active active
                        ? Move.rollBack(active, endedBy(active), "rolled back by " + reason)
                        : refused(s, command, "It is over; start a rollout of the version that should serve.");
        };
    }

    private static Move resume(Situation s, Command command, String reason) {
        if (s.state() instanceof RolloutState.Held held) {
            if (held.reason() == HoldReason.PASSED) {
                return refused(s, command, "It has passed; PROMOTE or ABORT it.");
            }
            return Move.resume(held, "resumed by " + reason);
        }
        if (!(s.state() instanceof RolloutState.Waiting waiting)) {
            return refused(s, command, "Only a held rollout, a pause or an approval can go on.");
        }
        String ended = waiting.label() + " ended by " + reason;
        return thawed(
                s,
                command,
                s.plan().isLast(waiting.step()) ? Move.promote(s, waiting, ended) : Move.advance(s, waiting, ended));
    }

    private static Move thawed(Situation s, Command command, Move move) {
        Optional<FreezeWindow> freeze = s.plan().freeze(s.now());
        return freeze.isEmpty()
                ? move
                : refused(
                        s,
                        command,
                        "The plan freezes it " + freeze.get().words() + "; until then it can be held or rolled back.");
    }

    static Optional<Move> supersede(Situation s, RolloutInput.Superseded superseded) {
        return end(
                s,
                RollbackCause.SUPERSEDED,
                "version " + superseded.by() + " is newer and takes its place",
                "version " + superseded.by() + " is to be tried next");
    }

    static Optional<Move> remove(Situation s) {
        String removed = "the model's spec was removed";
        return end(s, RollbackCause.MODEL_REMOVED, removed + "; the champion serves everyone", removed);
    }

    /** Ends what is under way: who is champion stays so. */
    private static Optional<Move> end(Situation s, RollbackCause cause, String undecidedReason, String watchReason) {
        if (s.state() instanceof RolloutState.Undecided undecided) {
            return Optional.of(Move.rollBack(undecided, cause, undecidedReason));
        }
        return s.state() instanceof RolloutState.Watching watching
                ? Optional.of(Move.finish(watching, "the watch ends early: " + watchReason))
                : Optional.empty();
    }

    private static RollbackCause endedBy(RolloutState state) {
        return state instanceof RolloutState.Held held && held.reason() == HoldReason.PLATFORM_FAILING
                ? RollbackCause.PLATFORM_FAILING
                : RollbackCause.ABORTED;
    }

    private static Move refused(Situation s, Command command, String advice) {
        return Move.refuse(
                s,
                command.kind() + " by " + command.who() + " refused: the rollout is "
                        + s.state().label() + ". " + advice);
    }
}
