package io.homeostat.rollout.lifecycle;

/** Obeys people and newer candidates, or refuses with a reason. */
final class Orders {
    private Orders() {}

    static RolloutStep obey(Rollout rollout, RolloutInput.Command command) {
        String reason = command.who() + ": " + command.why();
        RolloutState state = rollout.state();
        return switch (command.kind()) {
            case PROMOTE ->
                state instanceof RolloutState.Undecided undecided
                        ? Moves.promote(rollout, undecided, "promoted by " + reason)
                        : refused(rollout, command, "It has been decided already.");
            case HOLD ->
                state instanceof RolloutState.Running running
                        ? Moves.hold(rollout, running, HoldReason.MANUAL, "held by " + reason)
                        : refused(rollout, command, "Only a step under way can be held.");
            case RESUME ->
                state instanceof RolloutState.Held held
                        ? Moves.resume(rollout, held, "resumed by " + reason)
                        : refused(rollout, command, "Only a held rollout can go on.");
            case ABORT ->
                state instanceof RolloutState.Undecided undecided
                        ? Moves.rollBack(rollout, undecided, endedBy(undecided), "aborted by " + reason)
                        : refused(rollout, command, "After a promotion ROLLBACK returns to the previous champion.");
            case ROLLBACK ->
                state instanceof RolloutState.Active active
                        ? Moves.rollBack(rollout, active, endedBy(active), "rolled back by " + reason)
                        : refused(rollout, command, "It is over; start a rollout of the version that should serve.");
        };
    }

    static RolloutStep supersede(Rollout rollout, RolloutInput.Superseded superseded) {
        RolloutState state = rollout.state();
        if (state instanceof RolloutState.Undecided undecided) {
            return Moves.rollBack(
                    rollout,
                    undecided,
                    RollbackCause.SUPERSEDED,
                    "version " + superseded.by() + " is newer and takes its place");
        }
        if (state instanceof RolloutState.Watching watching) {
            return Moves.finish(
                    rollout, watching, "the watch ends early: version " + superseded.by() + " is to be tried next");
        }
        return RolloutStep.waiting(rollout);
    }

    private static RollbackCause endedBy(RolloutState state) {
        return state instanceof RolloutState.Held held && held.reason() == HoldReason.PLATFORM_FAILING
                ? RollbackCause.PLATFORM_FAILING
                : RollbackCause.ABORTED;
    }

    private static RolloutStep refused(Rollout rollout, RolloutInput.Command command, String advice) {
        return Moves.refuse(
                rollout,
                command.kind() + " by " + command.who() + " refused: the rollout is "
                        + rollout.state().label() + ". " + advice);
    }
}
