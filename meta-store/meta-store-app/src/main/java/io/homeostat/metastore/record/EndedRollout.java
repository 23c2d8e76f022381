package io.homeostat.metastore.record;

import io.homeostat.backbone.event.RolloutStatus;
import java.util.Optional;

/** Reads the lesson of a rollout. */
public final class EndedRollout {
    private EndedRollout() {}

    /** What the rollout says about a study; empty while it goes on, or where its candidate came of no study. */
    public static Optional<Lesson> lesson(RolloutStatus rollout) {
        String study = rollout.studyId();
        if (study == null || study.isBlank() || !rollout.phase().isEnd()) {
            return Optional.empty();
        }
        return Optional.of(new Lesson.Outcome(
                study,
                rollout.model(),
                new LiveResult(rollout.phase(), rollout.liveGain(), rollout.updatedAt()),
                rollout.reason()));
    }
}
