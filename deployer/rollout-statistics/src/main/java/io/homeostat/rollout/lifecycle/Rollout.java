package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.RolloutPlan;
import java.time.Duration;
import java.time.Instant;

/**
 * One rollout, whole: what {@link RolloutProcess} needs to go on.
 *
 * @param id unique
 * @param model the model
 * @param salt of its buckets; its own, so that other units meet the next rollout first
 * @param champion who served when it began
 * @param candidate who wants to
 * @param plan what was asked for
 * @param startedAt when it began
 * @param stepStartedAt when the step under way began, or was resumed
 * @param decideBy when the deadline comes
 * @param now the latest time it has been told
 * @param evidence all it has seen
 * @param state where it stands
 * @param revision rises with every change of state
 */
public record Rollout(
        String id,
        String model,
        String salt,
        VersionRef champion,
        VersionRef candidate,
        RolloutPlan plan,
        Instant startedAt,
        Instant stepStartedAt,
        Instant decideBy,
        Instant now,
        RolloutEvidence evidence,
        RolloutState state,
        long revision) {
    /** A rollout at its first step. */
    public static Rollout start(
            String id,
            String model,
            String salt,
            VersionRef champion,
            VersionRef candidate,
            RolloutPlan plan,
            Instant at) {
        return new Rollout(
                id,
                model,
                salt,
                champion,
                candidate,
                plan,
                at,
                at,
                at.plus(plan.decision().deadline()),
                at,
                RolloutEvidence.start(plan),
                RolloutState.at(plan, 0),
                1);
    }

    /** The candidate's share of answers in force, 0 to 100 percent. */
    public double weightPercent() {
        return state.weightPercent();
    }

    /** Whether the side that does not answer is to compute each request as well. */
    public boolean shadowing() {
        return state instanceof RolloutState.Active;
    }

    /** Whether it is over. */
    public boolean ended() {
        return !(state instanceof RolloutState.Active);
    }

    /** How long the step under way has lasted. */
    public Duration inStep() {
        return Duration.between(stepStartedAt, now);
    }

    Rollout at(Instant time) {
        Instant later = time.isAfter(now) ? time : now;
        return with(later, evidence);
    }

    Rollout seen(RolloutEvidence next) {
        return with(now, next);
    }

    private Rollout with(Instant time, RolloutEvidence next) {
        return new Rollout(
                id,
                model,
                salt,
                champion,
                candidate,
                plan,
                startedAt,
                stepStartedAt,
                decideBy,
                time,
                next,
                state,
                revision);
    }

    Rollout become(RolloutState next, RolloutEvidence nextEvidence, Instant stepSince, Instant newDecideBy) {
        return new Rollout(
                id,
                model,
                salt,
                champion,
                candidate,
                plan,
                startedAt,
                stepSince,
                newDecideBy,
                now,
                nextEvidence,
                next,
                revision + 1);
    }
}
