package io.homeostat.study.study;

import io.homeostat.study.objective.Objective;
import io.homeostat.study.pruner.PrunerSpec;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.space.Space;

/**
 * What a study is to do.
 *
 * @param name what people call it, not blank
 * @param space where to search
 * @param objective what to improve
 * @param samplerName a name that {@link SamplerSpec} knows
 * @param prunerName a name that {@link PrunerSpec} knows
 * @param budget what it may spend
 * @param seed with the trial's number the only source of chance
 * @param parallel how many trials are open at the same time at most; 1 to 1000
 */
public record StudySpec(
        String name,
        Space space,
        Objective objective,
        String samplerName,
        String prunerName,
        Budget budget,
        long seed,
        int parallel) {
    private static final int MOST_PARALLEL = 1000;

    public StudySpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("study.name: is blank.");
        }
        if (parallel < 1 || parallel > MOST_PARALLEL) {
            throw new IllegalArgumentException(
                    "study.parallel: " + parallel + " is not in [1, " + MOST_PARALLEL + "].");
        }
        samplerName = SamplerSpec.parse(samplerName).text();
        prunerName = PrunerSpec.parse(prunerName).text();
    }
}
