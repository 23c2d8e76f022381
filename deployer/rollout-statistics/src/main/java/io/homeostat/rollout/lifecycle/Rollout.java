package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.RolloutPlan;
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
 * @param times when things began
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
        Times times,
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
                Times.at(at),
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

    /** At a time; one that goes backwards counts as standing still. */
    Rollout at(Instant time) {
        return time.isAfter(now) ? told(time, evidence) : this;
    }

    Rollout seen(RolloutEvidence next) {
        return next == evidence ? this : told(now, next);
    }

    private Rollout told(Instant time, RolloutEvidence next) {
        return new Rollout(id, model, salt, champion, candidate, plan, times, time, next, state, revision);
    }

    Rollout become(RolloutState next, RolloutEvidence nextEvidence, Times nextTimes) {
        return new Rollout(
                id, model, salt, champion, candidate, plan, nextTimes, now, nextEvidence, next, revision + 1);
    }

    Situation situation() {
        return new Situation(plan, state, times, now, new Reading.Live(evidence));
    }
}
