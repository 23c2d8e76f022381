package io.homeostat.metastore.exchange;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a file may not say of itself; only the journal of Optuna asks for it.
 *
 * @param model whose studies they are
 * @param trainer who fitted
 * @param metric the objective's name
 * @param now the time
 */
public record Origin(
        @Nullable String model,
        @Nullable String trainer,
        @Nullable String metric,
        Instant now) {
    public Origin {
        if (model != null) {
            Check.name("model", model);
        }
    }
}
