package io.homeostat.metastore.recommend;

import io.homeostat.backbone.serde.Check;
import io.homeostat.meta.method.Opening;
import io.homeostat.meta.transfer.Target;
import io.homeostat.study.space.Space;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A search that is about to begin.
 *
 * @param model the model to tune; it need not be known
 * @param trainer who fits it
 * @param metaFeatures what the data is like; may be empty
 * @param space the search space in its written form
 * @param n configurations wanted at most, 1 to 50; by default 10
 */
public record Question(
        String model,
        String trainer,
        @Nullable Map<String, Double> metaFeatures,
        Map<String, Object> space,
        @Nullable Integer n) {
    static final int DEFAULT_N = 10;

    public Question {
        Check.name("model", model);
        Check.text("trainer", trainer);
        Check.present("space", space);
        metaFeatures = metaFeatures == null ? Map.of() : metaFeatures;
        n = n == null ? (Integer) DEFAULT_N : n;
        Check.range("n", n, 1, Opening.MOST);
    }

    /**
     * The search as transfer sees it.
     *
     * @throws io.homeostat.study.space.SpaceException if the space is none
     */
    Target target() {
        return new Target(model, trainer, metaFeatures == null ? Map.of() : metaFeatures, Space.parse(space));
    }

    int most() {
        return n == null ? DEFAULT_N : n;
    }
}
