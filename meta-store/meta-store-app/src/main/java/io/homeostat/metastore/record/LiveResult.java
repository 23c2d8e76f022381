package io.homeostat.metastore.record;

import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a study's winner did in production.
 *
 * @param outcome how its rollout ended
 * @param gain mean paired gain over the champion in units of the loss, if pairs were seen
 * @param at when it ended
 */
public record LiveResult(
        RolloutStatus.Phase outcome, @Nullable Double gain, Instant at) {
    public LiveResult {
        Check.present("outcome", outcome);
        Check.that(outcome.isEnd(), "outcome", "'" + outcome + "' is not the end of a rollout");
        Check.present("at", at);
        gain = gain != null && Double.isFinite(gain) ? gain : null;
    }
}
