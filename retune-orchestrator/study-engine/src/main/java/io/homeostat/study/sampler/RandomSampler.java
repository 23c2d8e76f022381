package io.homeostat.study.sampler;

/**
 * Draws every parameter uniformly on its own scale, independently of what is known.
 *
 * <p>A point that is running or, in a space whose points can be counted, was tried is drawn again.
 *
 * <p>Reference: J. Bergstra, Y. Bengio, Random Search for Hyper-Parameter Optimization, JMLR 13, 2012.
 */
public final class RandomSampler implements Sampler {

    @Override
    public Suggestion suggest(SamplerRequest request) {
        return new Unseen(request).draw(request.random(), "random");
    }
}
