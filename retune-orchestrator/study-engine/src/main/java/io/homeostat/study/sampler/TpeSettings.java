package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;
import io.homeostat.study.sampler.TpeSearch.Best;
import java.util.Locale;

/**
 * How a Parzen estimator searches; see {@link TpeSampler}.
 *
 * @param candidates draws per suggestion, 1 to 10,000
 * @param multivariate whether parameters have one density together
 * @param group whether only parameters that are always there together have
 * @param constantLiar whether running trials count as bad
 */
record TpeSettings(int candidates, boolean multivariate, boolean group, boolean constantLiar) {
    static final TpeSettings DEFAULT = new TpeSettings(24, true, false, true);

    TpeSettings {
        if (candidates < 1 || candidates > 10_000) {
            throw new IllegalArgumentException("tpe.candidates: " + candidates + " is not in [1, 10000].");
        }
    }

    static TpeSettings of(Options options) {
        return new TpeSettings(
                options.integer("candidates", 24, 1, 10_000),
                options.flag("multivariate", true),
                options.flag("group", false),
                options.flag("constantLiar", true));
    }

    /** How a point was found, by the sampler with this name. */
    String reason(String name, Best best) {
        return String.format(
                Locale.ROOT,
                "%s: %d of %d trials are good; best of %d candidates, log l - log g = %.2f",
                name,
                best.good().trials().length,
                best.good().of(),
                candidates,
                best.score());
    }
}
