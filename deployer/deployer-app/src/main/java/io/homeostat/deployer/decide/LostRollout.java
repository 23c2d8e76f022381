package io.homeostat.deployer.decide;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A rollout that was under way when another release, which keeps rollouts in another form, took over. Its evidence is lost, so
 * it ends: the champion serves everyone, and its candidate can be proposed again.
 *
 * @param rolloutId its id
 * @param candidateVersion who was tried
 * @param championVersion who served when it began; absent if that cannot be read either
 * @param problem what cannot be read
 */
public record LostRollout(
        String rolloutId, String candidateVersion, @Nullable String championVersion, String problem) {
    private static final String UNKNOWN = "unknown";

    /** What can be read of it. */
    static LostRollout of(JsonNode underway, String problem) {
        String champion = underway.path("champion").path("version").asText("");
        return new LostRollout(
                underway.path("rollout").path("id").asText(UNKNOWN),
                underway.path("candidate").path("version").asText(UNKNOWN),
                champion.isEmpty() ? null : champion,
                problem);
    }

    /** Why it ends, in a sentence. */
    String reason() {
        return "the rollout of " + candidateVersion + " was stored by another release and cannot be read (" + problem
                + "), so its evidence is lost and it ends; propose the candidate again";
    }
}
