package io.homeostat.meta.method;

import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.sampler.Unseen;
import io.homeostat.study.space.Configuration;
import java.util.List;
import java.util.Optional;

/**
 * Suggests configurations in order, those that were not tried yet, then asks another sampler.
 *
 * @param first in order, each with why
 * @param then who is asked when all were tried
 */
record FirstThen(List<First> first, Sampler then) implements Sampler {

    /** A configuration to begin with. */
    record First(Configuration configuration, String reason) {}

    FirstThen {
        first = List.copyOf(first);
    }

    /** The first that was not tried yet. */
    static Optional<First> next(List<First> first, Unseen unseen) {
        return first.stream().filter(each -> unseen.test(each.configuration())).findFirst();
    }

    @Override
    public Suggestion suggest(SamplerRequest request) {
        return next(first, new Unseen(request))
                .map(each -> new Suggestion(each.configuration(), each.reason()))
                .orElseGet(() -> then.suggest(request));
    }
}
