package io.homeostat.deployer.decide;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.event.Route.Target;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.deployer.admit.Admission;
import io.homeostat.deployer.admit.Admissions;
import io.homeostat.deployer.observe.Observation;
import io.homeostat.rollout.lifecycle.RolloutDecision;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.lifecycle.RolloutStep;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.routing.Arm;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One input to one model's deployment: what it becomes, and what is said. Without clock and I/O of its own, so the same
 * inputs give the same words.
 *
 * <p>By the wall clock, no event is later than now. In event time only traffic and labels move time: a rollout begins
 * with its first request, and what people say happens at the latest time seen.
 */
public final class Turn {
    /** Ledger action of a rollout's beginning. */
    public static final String START = "start";

    private static final long OBSERVATIONS_PER_STATUS = 200;

    private final TimeRule time;
    private final List<Object> said = new ArrayList<>();
    private Deployment deployment;
    private String reason = "";
    private Instant decidedAt = Instant.EPOCH;

    public Turn(Deployment deployment, TimeRule time) {
        this.deployment = deployment;
        this.time = time;
    }

    /** The deployment from now on. */
    public Deployment deployment() {
        return deployment;
    }

    /** What was said, in its order: ledger entries, statuses, {@link Refusal}s. */
    public List<Object> said() {
        return said;
    }

    /** The latest decision in a sentence; empty if nothing was decided. */
    public String reason() {
        return reason;
    }

    /** When that was. */
    public Instant decidedAt() {
        return decidedAt;
    }

    /** Ends a rollout that cannot be read; nothing happens if there is none. */
    public void endLost(Instant now) {
        LostRollout lost = deployment.lost();
        if (lost == null) {
            return;
        }
        Target champion = deployment.champion();
        boolean promoted = champion != null && champion.version().equals(lost.candidateVersion());
        reason = lost.reason();
        decidedAt = now;
        said.add(Sayings.ofLost(deployment.model(), lost, promoted, now));
        said.add(Sayings.lost(deployment.model(), lost, promoted, now));
        deployment = deployment.withLost(null);
    }

    /** The model is registered no longer: its rollout ends, if one is under way; the champion goes on to serve. */
    public void removed(Instant now) {
        Underway underway = deployment.underway();
        if (underway != null) {
            feed(new RolloutInput.ModelRemoved(time.order(underway, now)));
        }
    }

    /** A version wants to be champion. */
    public void candidate(CandidateEvent event, Optional<ModelSpec> spec) {
        Underway underway = deployment.underway();
        Admission admission = new Admissions(
                        spec,
                        Optional.ofNullable(deployment.champion()).map(Target::version),
                        Optional.ofNullable(underway).map(u -> u.candidate().version()),
                        deployment.candidates())
                .judge(event);
        if (admission instanceof Admission.Refused refused) {
            refuse(event, refused);
        } else if (admission instanceof Admission.FirstChampion) {
            crown(event);
        } else if (admission instanceof Admission.Challenge challenge) {
            challenge(event, spec.orElseThrow(), challenge.plan());
        }
    }

    private void refuse(CandidateEvent event, Admission.Refused refused) {
        said.add(new Refusal(refused.reason(), refused.message()));
        if (refused.reason() == DeadLetter.Reason.REFUSED) {
            deployment = deployment.seenCandidate(event.candidateId());
            said.add(Sayings.ofCandidate(event, event.at(), "refuse", refused.message()));
        }
    }

    private void crown(CandidateEvent event) {
        reason = "first champion: " + event.summary();
        decidedAt = event.at();
        deployment = deployment
                .seenCandidate(event.candidateId())
                .withChampion(new Target(event.version(), event.artifact()));
        said.add(Sayings.ofCandidate(event, event.at(), "first champion", reason));
        said.add(Sayings.firstChampion(event, reason));
    }

    private void challenge(CandidateEvent event, ModelSpec spec, RolloutPlan plan) {
        Underway before = deployment.underway();
        Instant at = time.start(event.at());
        if (before != null) {
            feed(new RolloutInput.Superseded(time.order(before, at), event.version()));
        }
        Target champion = deployment.champion();
        if (champion == null) {
            throw new IllegalStateException(event.model() + ": a challenge without a champion");
        }
        Underway next = Underway.start(event, spec, plan, champion, at);
        deployment = deployment.seenCandidate(event.candidateId()).withUnderway(next);
        reason = next.reason();
        decidedAt = at;
        said.add(Sayings.started(event, at, plan, reason));
        say(next, reason);
    }

    /** A person says something to the rollout. */
    public void command(RolloutCommand command) {
        if (deployment.commands().contains(command.commandId())) {
            return;
        }
        deployment = deployment.seenCommand(command.commandId());
        Underway underway = deployment.underway();
        if (underway == null) {
            said.add(new Refusal(
                    DeadLetter.Reason.REFUSED,
                    "action: " + command.action() + " by " + command.who() + ": no rollout of '" + command.model()
                            + "' is under way; propose a candidate first"));
            return;
        }
        feed(new RolloutInput.Command(
                time.order(underway, command.at()), kind(command.action()), command.who(), command.why()));
    }

    private static RolloutInput.Command.Kind kind(RolloutCommand.Action action) {
        return switch (action) {
            case PROMOTE -> RolloutInput.Command.Kind.PROMOTE;
            case HOLD -> RolloutInput.Command.Kind.HOLD;
            case RESUME -> RolloutInput.Command.Kind.RESUME;
            case ABORT -> RolloutInput.Command.Kind.ABORT;
            case ROLLBACK -> RolloutInput.Command.Kind.ROLLBACK;
        };
    }

    /** A request or a label; one of an older rollout changes nothing. */
    public void observe(Observation observation) {
        Underway underway = deployment.underway();
        if (underway == null || !underway.rollout().id().equals(observation.rolloutId())) {
            return;
        }
        if (observation instanceof Observation.Request request) {
            request(underway, request);
        } else if (observation instanceof Observation.Outcome outcome) {
            outcome(underway, outcome);
        }
        progress();
    }

    private void request(Underway underway, Observation.Request request) {
        Instant at = time.event(request.time());
        if (time.beginsWithTraffic() && underway.untouched()) {
            deployment = deployment.withUnderway(underway.restarted(at));
        }
        Roles.of(underway).exposure(request, at).ifPresent(this::feed);
    }

    private void outcome(Underway underway, Observation.Outcome outcome) {
        Roles roles = Roles.of(underway);
        Instant at = time.event(outcome.time());
        Instant requested = outcome.requestTime() == null ? at : time.event(outcome.requestTime());
        roles.answered(outcome).ifPresent(arm -> feed(new RolloutInput.LabelSeen(at, requested, arm)));
        Optional<Answer> candidate = roles.ofCandidate(outcome);
        Optional<Answer> champion = roles.ofChampion(outcome);
        Underway now = deployment.underway();
        if (now == null) {
            return;
        }
        if (candidate.isEmpty() || champion.isEmpty()) {
            single(now, roles, outcome, at, requested);
            return;
        }
        Measure.Measured measured =
                now.measure().measured(outcome.unitId(), candidate.get(), champion.get(), outcome.label());
        deployment = deployment.withUnderway(now.with(measured.next()));
        measured.gain()
                .ifPresent(gain -> feed(
                        new RolloutInput.PairedOutcome(at, requested, outcome.unitId(), gain, measured.stableLoss())));
    }

    private void single(Underway now, Roles roles, Observation.Outcome outcome, Instant at, Instant requested) {
        Double weight = outcome.weightPercent();
        Arm arm = roles.answered(outcome).orElse(null);
        if (arm == null || weight == null || !(weight > 0 && weight < 100)) {
            return;
        }
        Measure.Single measured = now.measure().single(arm, outcome.answer(), outcome.label());
        deployment = deployment.withUnderway(now.with(measured.next()));
        measured.loss()
                .ifPresent(loss ->
                        feed(new RolloutInput.SingleOutcome(at, requested, outcome.unitId(), arm, weight, loss)));
    }

    private void progress() {
        Underway underway = deployment.underway();
        if (underway == null) {
            return;
        }
        Underway counted = underway.unsaid(underway.unsaid() + 1);
        deployment = deployment.withUnderway(counted);
        if (time.beginsWithTraffic() && counted.unsaid() >= OBSERVATIONS_PER_STATUS) {
            say(counted, counted.reason());
        }
    }

    /** A second has passed. */
    public void tick(Instant now) {
        feed(new RolloutInput.Tick(now));
        Underway underway = deployment.underway();
        if (underway != null && underway.unsaid() > 0) {
            say(underway, underway.reason());
        }
    }

    private void feed(RolloutInput input) {
        Underway underway = deployment.underway();
        if (underway == null) {
            return;
        }
        RolloutStep step = RolloutProcess.apply(underway.rollout(), input);
        Underway next = underway.with(step.next());
        deployment = deployment.withUnderway(next);
        step.decisions().forEach(this::decided);
    }

    private void decided(RolloutDecision decision) {
        Underway underway = deployment.underway();
        if (underway == null) {
            return;
        }
        said.add(Sayings.decided(underway, decision));
        if (decision.action() == RolloutDecision.Action.REFUSE) {
            return;
        }
        reason = decision.reason();
        decidedAt = decision.time();
        Underway next = underway.decided(reason);
        say(next, reason);
        boolean crowned =
                decision.to() instanceof RolloutState.Watching || decision.to() instanceof RolloutState.Promoted;
        deployment = deployment.withChampion(crowned ? next.candidate() : next.champion());
        if (next.rollout().ended()) {
            deployment = deployment.withUnderway(null);
        }
    }

    private void say(Underway underway, String why) {
        said.add(Sayings.status(underway, why));
        deployment = deployment.withUnderway(underway.unsaid(0));
    }
}
