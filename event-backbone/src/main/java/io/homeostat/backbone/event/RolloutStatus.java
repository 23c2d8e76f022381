package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a rollout stands.
 *
 * @param rolloutId the rollout; the candidate's id
 * @param model the model
 * @param candidateVersion who wants to be champion
 * @param championVersion who is, or was when it began; absent for a first champion
 * @param phase where it stands
 * @param step index of its step
 * @param weightPercent the candidate's share of traffic, 0 to 100
 * @param startedAt when it began
 * @param updatedAt when this was said
 * @param requests requests seen since it began
 * @param candidateServed how many of them the candidate answered
 * @param pairedLabels labels that are judged: known for both sides, or, where no copies are made, for one
 * @param reason the last decision in a sentence
 * @param retuneId the re-tune that the candidate came from
 * @param studyId the study that it came from
 * @param liveGain mean paired gain of the candidate over the champion so far, in units of the loss
 * @param verdict what the evidence says: pass, fail, inconclusive, no_data or error
 * @param evidence the same as a sentence, with its numbers and what is missing
 */
public record RolloutStatus(
        String rolloutId,
        String model,
        String candidateVersion,
        @Nullable String championVersion,
        Phase phase,
        int step,
        double weightPercent,
        Instant startedAt,
        Instant updatedAt,
        long requests,
        long candidateServed,
        long pairedLabels,
        String reason,
        @Nullable String retuneId,
        @Nullable String studyId,
        @Nullable Double liveGain,
        @Nullable String verdict,
        @Nullable String evidence) {
    public RolloutStatus {
        Check.text("rolloutId", rolloutId);
        Check.name("model", model);
        Check.text("candidateVersion", candidateVersion);
        Check.present("phase", phase);
        Check.range("weightPercent", weightPercent, 0, 100);
        Check.present("startedAt", startedAt);
        Check.present("updatedAt", updatedAt);
        Check.text("reason", reason);
    }

    /** The phases of a rollout; the last three are its ends. */
    public enum Phase {
        SHADOW,
        CANARY,
        HELD,
        WATCHING,
        PROMOTED,
        ROLLED_BACK,
        REFUSED;

        /** Whether the rollout is over. */
        public boolean isEnd() {
            return this == PROMOTED || this == ROLLED_BACK || this == REFUSED;
        }
    }
}
