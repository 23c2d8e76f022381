package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Who serves what share of a model's traffic. A gateway applies the newest revision.
 *
 * @param model the model
 * @param revision rises with every change
 * @param at when it was decided
 * @param champion who answers
 * @param challenger who is tried, or (after a promotion) the previous champion kept warm; absent when there is none
 * @param challengerPercent the challenger's share of answers, 0 to 100
 * @param shadow whether the side that does not answer computes the request, too, so that both can be compared
 * @param rolloutId the rollout in force
 * @param step index of its step
 * @param salt of the rollout's buckets
 * @param reason why the route changed
 */
public record Route(
        String model,
        long revision,
        Instant at,
        Target champion,
        @Nullable Target challenger,
        double challengerPercent,
        boolean shadow,
        @Nullable String rolloutId,
        @Nullable Integer step,
        @Nullable String salt,
        String reason) {
    public Route {
        Check.name("model", model);
        Check.atLeast("revision", revision, 1);
        Check.present("at", at);
        Check.present("champion", champion);
        Check.range("challengerPercent", challengerPercent, 0, 100);
        Check.that(
                challenger != null || challengerPercent == 0,
                "challengerPercent",
                challengerPercent + " without a challenger");
        Check.text("reason", reason);
    }

    /**
     * A version that can be served.
     *
     * @param version its name
     * @param artifact what to load; loaded only if the digest matches
     */
    public record Target(String version, ArtifactRef artifact) {
        public Target {
            Check.text("version", version);
            Check.present("artifact", artifact);
        }
    }
}
