package io.homeostat.deployer.api;

import io.homeostat.backbone.event.RolloutStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a model's newest rollout comes to, for tools that shift the traffic themselves.
 *
 * @param model the model
 * @param rolloutId the rollout
 * @param verdict {@code pass}, {@code fail}, {@code inconclusive}, {@code no_data} or {@code error}
 * @param phase where the rollout stands
 * @param candidateVersion who is tried
 * @param weightPercent the share it is given
 * @param reason why, with the numbers
 * @param at when that was said
 */
record RolloutVerdict(
        String model,
        String rolloutId,
        String verdict,
        RolloutStatus.Phase phase,
        String candidateVersion,
        double weightPercent,
        String reason,
        Instant at) {
    private static final String PASS = "pass";
    private static final String FAIL = "fail";
    private static final String INCONCLUSIVE = "inconclusive";

    static RolloutVerdict of(RolloutStatus status) {
        String verdict = verdict(status);
        return new RolloutVerdict(
                status.model(),
                status.rolloutId(),
                verdict,
                status.phase(),
                status.candidateVersion(),
                status.weightPercent(),
                reason(status),
                status.updatedAt());
    }

    private static String verdict(RolloutStatus status) {
        @Nullable String said = status.verdict();
        return switch (status.phase()) {
            case PROMOTED -> PASS;
            case ROLLED_BACK, REFUSED -> FAIL;
            // promoted already, and nothing has spoken against it since
            case WATCHING -> FAIL.equals(said) ? FAIL : PASS;
            // a rollout that stands still is not to be passed by, whatever it had shown
            case HELD -> said == null || PASS.equals(said) ? INCONCLUSIVE : said;
            case SHADOW, CANARY -> said == null ? INCONCLUSIVE : said;
        };
    }

    private static String reason(RolloutStatus status) {
        boolean decided = status.phase().isEnd() || status.phase() == RolloutStatus.Phase.HELD;
        return decided || status.evidence() == null ? status.reason() : status.evidence();
    }

    /** Whether the answer to a question is yes. */
    boolean answers(Question question) {
        return switch (question) {
            case CONTINUE -> !verdict.equals(FAIL) && phase != RolloutStatus.Phase.HELD;
            case PROMOTE -> verdict.equals(PASS);
            case ROLLBACK -> verdict.equals(FAIL);
        };
    }

    /** What a gate asks. */
    enum Question {
        /** May the rollout go on? */
        CONTINUE,
        /** May the candidate get all traffic? */
        PROMOTE,
        /** Must it go back? */
        ROLLBACK
    }
}
