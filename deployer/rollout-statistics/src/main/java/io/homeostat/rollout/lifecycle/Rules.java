package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.Policies;
import io.homeostat.rollout.plan.Reaction;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.verdict.Judgement;
import io.homeostat.rollout.verdict.Verdict;
import java.time.Duration;
import java.util.Optional;

/** Decides what a rollout does next; the order of the rules is given at {@link RolloutProcess}. */
final class Rules {
    private final Situation s;
    private final RolloutPlan plan;
    private final Policies policies;
    private final Judge judge;

    private Rules(Situation s) {
        this.s = s;
        plan = s.plan();
        policies = plan.decision().policies();
        judge = new Judge(s);
    }

    static Optional<Move> decide(Situation situation, RolloutInput input) {
        if (input instanceof RolloutInput.Command command) {
            return Optional.of(Orders.obey(situation, command));
        }
        if (input instanceof RolloutInput.ModelRemoved) {
            return Orders.remove(situation);
        }
        return input instanceof RolloutInput.Superseded superseded
                ? Orders.supersede(situation, superseded)
                : new Rules(situation).observed();
    }

    private Optional<Move> observed() {
        if (s.state() instanceof RolloutState.Watching watching) {
            return harm(watching).or(() -> watched(watching));
        }
        if (s.state() instanceof RolloutState.Held held) {
            return held(held);
        }
        return s.state() instanceof RolloutState.Running running
                ? outage(running)
                        .or(() -> harm(running))
                        .or(() -> skew(running))
                        .or(() -> run(running))
                : Optional.empty();
    }

    private Optional<Move> watched(RolloutState.Watching watching) {
        return s.now().isBefore(watching.until())
                ? Optional.empty()
                : Optional.of(Move.finish(
                        watching,
                        "watched for " + Sentences.time(plan.watchAfterPromotion())
                                + ", the previous champion did not prove better; " + judge.labelsSentence()));
    }

    private Optional<Move> outage(RolloutState.Running running) {
        return judge.platformFails()
                ? Optional.of(Move.hold(s, running, HoldReason.PLATFORM_FAILING, judge.platformSentence()))
                : Optional.empty();
    }

    private Optional<Move> skew(RolloutState.Running running) {
        return judge.skewed()
                ? Optional.of(Move.hold(s, running, HoldReason.EVIDENCE_SKEWED, judge.skewSentence()))
                : Optional.empty();
    }

    private Optional<Move> held(RolloutState.Held held) {
        if (judge.platformFails()) {
            return errorDeadline(held);
        }
        if (held.reason() == HoldReason.HARM) {
            return Optional.empty();
        }
        return harm(held).or(() -> goneOn(held));
    }

    private Optional<Move> goneOn(RolloutState.Held held) {
        return held.reason() == HoldReason.PLATFORM_FAILING && judge.platformRecovered()
                ? Optional.of(recovered(held))
                : errorDeadline(held);
    }

    private Move recovered(RolloutState.Held held) {
        return Move.resume(
                held,
                "the champion has recovered: "
                        + Sentences.percent(s.reading().of(Quantity.STABLE_RECENT_FAILURES))
                        + " of its recent requests fail");
    }

    private Optional<Move> errorDeadline(RolloutState.Held held) {
        boolean because = held.reason() == HoldReason.PLATFORM_FAILING || held.reason() == HoldReason.EVIDENCE_SKEWED;
        Policies.Deadline error = policies.error();
        return because && error.reaction() == Reaction.ROLLBACK && s.passed(held.since(), error.after())
                ? Optional.of(Move.rollBack(
                        held,
                        RollbackCause.PLATFORM_FAILING,
                        "held for " + Sentences.time(error.after()) + " and still so: " + held.why()))
                : Optional.empty();
    }

    private Optional<Move> harm(RolloutState.Active active) {
        Optional<String> guardrail = judge.guardrailHarm();
        if (guardrail.isPresent()) {
            return Optional.of(failed(active, RollbackCause.CANDIDATE_BAD, guardrail.get()));
        }
        return judge.pairedHarm()
                ? Optional.of(failed(active, pairedCause(active), judge.pairedHarmSentence()))
                : Optional.empty();
    }

    private RollbackCause pairedCause(RolloutState.Active active) {
        if (active instanceof RolloutState.Watching) {
            return RollbackCause.PREVIOUS_CHAMPION_BETTER;
        }
        return judge.worldChanged() ? RollbackCause.WORLD_CHANGED : RollbackCause.CANDIDATE_BAD;
    }

    private Move failed(RolloutState.Active active, RollbackCause cause, String reason) {
        return policies.fail() == Reaction.HOLD && active instanceof RolloutState.Undecided undecided
                ? Move.hold(s, undecided, HoldReason.HARM, reason + "; the plan leaves it to a person")
                : Move.rollBack(active, cause, reason);
    }

    private Optional<Move> run(RolloutState.Running running) {
        boolean last = plan.isLast(running.step());
        boolean ready = ready(running) && !frozen();
        if (ready && last && judge.verdict() == Verdict.PASS) {
            return Optional.of(passed(running));
        }
        Optional<Move> deadline = deadline(running);
        if (deadline.isPresent()) {
            return deadline;
        }
        return ready && !last ? Optional.of(Move.advance(s, running, ended(running))) : Optional.empty();
    }

    private boolean frozen() {
        return plan.freeze(s.now()).isPresent();
    }

    private boolean ready(RolloutState.Running running) {
        Optional<Duration> least = plan.steps().get(running.step()).least();
        if (least.isEmpty() || s.inStep().compareTo(least.get()) < 0) {
            return false;
        }
        boolean labelled = !(running instanceof RolloutState.Shadow)
                || !judge.judgesLabels()
                || s.reading().of(Quantity.LABELS) >= plan.minimumShadowLabels();
        return running instanceof RolloutState.Waiting || (judge.enoughInStep() && labelled);
    }

    private Move passed(RolloutState.Running running) {
        String reason = judge.judgement().reason();
        return policies.pass() == Reaction.HOLD
                ? Move.hold(s, running, HoldReason.PASSED, reason + "; the plan leaves the promotion to a person")
                : Move.promote(s, running, reason);
    }

    private String ended(RolloutState.Running running) {
        return running.label() + " lasted " + Sentences.time(s.inStep()) + " with "
                + Sentences.number(s.reading().of(Quantity.CANDIDATE_IN_STEP))
                + " requests of the candidate and no harm; " + judge.judgement().reason();
    }

    private Optional<Move> deadline(RolloutState.Running running) {
        if (plan.steps().get(running.step()) instanceof Step.Approval approval) {
            return s.passed(s.times().step(), approval.within())
                    ? Optional.of(Move.rollBack(
                            running,
                            RollbackCause.DEADLINE,
                            "nobody approved within " + Sentences.time(approval.within())))
                    : Optional.empty();
        }
        if (!s.passed(s.times().deadlines(), policies.firstDeadline())) {
            return Optional.empty();
        }
        Verdict verdict = judge.verdict();
        Policies.Deadline policy = verdict == Verdict.NO_DATA ? policies.noData() : policies.inconclusive();
        return s.passed(s.times().deadlines(), policy.after()) ? late(running, policy) : Optional.empty();
    }

    private Optional<Move> late(RolloutState.Running running, Policies.Deadline policy) {
        Judgement judgement = judge.judgement();
        String reason = "the deadline of " + Sentences.time(policy.after()) + " has come: " + judgement.reason();
        if (policy.reaction() == Reaction.ROLLBACK) {
            return Optional.of(Move.rollBack(running, RollbackCause.DEADLINE, reason));
        }
        if (waitsForSomebody(running)) {
            return Optional.empty();
        }
        if (policy.reaction() == Reaction.HOLD || !judge.enoughAtAll()) {
            return Optional.of(Move.hold(s, running, HoldReason.DEADLINE, reason));
        }
        if (policy.reaction() == Reaction.LEADER && judge.isBehind()) {
            return Optional.of(Move.rollBack(
                    running, RollbackCause.DEADLINE, reason + "; the champion leads, so the plan keeps it"));
        }
        return frozen()
                ? Optional.empty()
                : Optional.of(Move.promote(
                        s,
                        running,
                        reason
                                + (policy.reaction() == Reaction.PROMOTE
                                        ? "; the plan says to promote then"
                                        : "; the champion does not lead, so the plan promotes")));
    }

    private boolean waitsForSomebody(RolloutState.Running running) {
        return plan.steps().get(running.step()).least().isEmpty();
    }
}
