package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a re-tune stands.
 *
 * @param retuneId the re-tune; the event's id
 * @param model the model
 * @param phase where it stands
 * @param trigger who asked
 * @param startedAt when it was accepted
 * @param updatedAt when this was said
 * @param reason the last step in a sentence
 * @param snapshot its data, once read
 * @param studyId its study, once begun
 * @param trialsDone trials ended so far
 * @param bestValue the best value so far
 * @param candidateVersion the candidate, if there is one
 */
public record RetuneStatus(
        String retuneId,
        String model,
        Phase phase,
        RetuneEvent.Trigger trigger,
        Instant startedAt,
        Instant updatedAt,
        String reason,
        @Nullable Snapshot snapshot,
        @Nullable String studyId,
        int trialsDone,
        @Nullable Double bestValue,
        @Nullable String candidateVersion) {
    public RetuneStatus {
        Check.text("retuneId", retuneId);
        Check.name("model", model);
        Check.present("phase", phase);
        Check.present("trigger", trigger);
        Check.present("startedAt", startedAt);
        Check.present("updatedAt", updatedAt);
        Check.text("reason", reason);
    }

    /** The phases of a re-tune; the last three are its ends. */
    public enum Phase {
        SNAPSHOT,
        SEARCH,
        CONFIRM,
        CANDIDATE,
        NO_IMPROVEMENT,
        FAILED;

        /** Whether the re-tune is over. */
        public boolean isEnd() {
            return this == CANDIDATE || this == NO_IMPROVEMENT || this == FAILED;
        }
    }
}
