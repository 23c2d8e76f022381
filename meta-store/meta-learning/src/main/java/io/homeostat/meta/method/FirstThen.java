package io.homeostat.meta.method;

import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.sampler.Unseen;
import io.homeostat.study.space.Configuration;
import java.util.List;

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

    @Override
    public Suggestion suggest(SamplerRequest request) {
        Unseen unseen = new Unseen(request);
        return first.stream()
                .filter(each -> unseen.test(each.configuration()))
                .findFirst()
                .map(each -> new Suggestion(each.configuration(), each.reason()))
                .orElseGet(() -> then.suggest(request));
    }
}
