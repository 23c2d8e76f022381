package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.Route.Target;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.rollout.lifecycle.Rollout;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.lifecycle.VersionRef;
import io.homeostat.rollout.plan.RolloutPlan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rollout with what the process itself need not know.
 *
 * @param rollout the process's own state
 * @param champion who served when it began; during the watch, the previous champion kept warm
 * @param candidate who is tried
 * @param measure how outcomes are compared
 * @param retuneId the re-tune that the candidate came from
 * @param studyId the study that it came from
 * @param step index of the last step that it stood at
 * @param reason the last decision in a sentence
 * @param unsaid observations since its status was said
 */
public record Underway(
        Rollout rollout,
        Target champion,
        Target candidate,
        Measure measure,
        @Nullable String retuneId,
        @Nullable String studyId,
        int step,
        String reason,
        long unsaid) {
    /** A rollout at its first step; its id and salt are the candidate's id. */
    static Underway start(CandidateEvent event, ModelSpec spec, RolloutPlan plan, Target champion, Instant at) {
        Target candidate = new Target(event.version(), event.artifact());
        Rollout rollout = Rollout.start(
                event.candidateId(), event.model(), event.candidateId(), ref(champion), ref(candidate), plan, at);
        String reason = event.version() + " challenges " + champion.version() + ", "
                + rollout.state().label() + " first: " + event.summary();
        return new Underway(
                rollout, champion, candidate, Measure.of(spec), event.retuneId(), event.studyId(), 0, reason, 0);
    }

    private static VersionRef ref(Target target) {
        return new VersionRef(target.version(), target.artifact().sha256());
    }

    /** Begins again at another time, nothing having been seen. */
    Underway restarted(Instant at) {
        return with(Rollout.start(
                rollout.id(),
                rollout.model(),
                rollout.salt(),
                rollout.champion(),
                rollout.candidate(),
                rollout.plan(),
                at));
    }

    Underway with(Rollout next) {
        int at = next.state() instanceof RolloutState.Undecided undecided ? undecided.step() : step;
        return new Underway(next, champion, candidate, measure, retuneId, studyId, at, reason, unsaid);
    }

    Underway with(Measure next) {
        return new Underway(rollout, champion, candidate, next, retuneId, studyId, step, reason, unsaid);
    }

    Underway decided(String next) {
        return new Underway(rollout, champion, candidate, measure, retuneId, studyId, step, next, unsaid);
    }

    Underway unsaid(long next) {
        return new Underway(rollout, champion, candidate, measure, retuneId, studyId, step, reason, next);
    }

    /** Whether nothing has happened since it began. */
    boolean untouched() {
        return rollout.revision() == 1
                && rollout.evidence().traffic().answered() == 0
                && rollout.evidence().labels().differences().count() == 0;
    }
}
