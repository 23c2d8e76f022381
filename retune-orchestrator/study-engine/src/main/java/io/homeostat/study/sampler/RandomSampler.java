package io.homeostat.study.sampler;

import io.homeostat.study.option.Options;

/**
 * Draws every parameter by its prior, independently of what is known: evenly on its own scale, or by its normal
 * distribution or weights.
 *
 * <p>A point that is running or was tried is drawn again.
 *
 * <p>Reference: J. Bergstra, Y. Bengio, Random Search for Hyper-Parameter Optimization, JMLR 13, 2012.
 */
public final class RandomSampler implements Sampler {

    public RandomSampler() {}

    /** It has no options. */
    RandomSampler(Options none) {}

    @Override
    public Suggestion suggest(SamplerRequest request) {
        return new Unseen(request).draw(request.random(), "random");
    }
}
