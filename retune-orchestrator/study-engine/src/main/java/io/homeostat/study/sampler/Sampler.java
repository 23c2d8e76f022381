package io.homeostat.study.sampler;

/**
 * Suggests the next configuration.
 *
 * <p>Every sampler keeps to this contract: the suggestion lies in the space; it depends on the request only, not on
 * earlier calls nor on the order of the lists; it is not the point of a running trial as long as there is another one;
 * trials that failed or have no finite value never make it throw.
 */
@FunctionalInterface
public interface Sampler {

    /** The next configuration, and why this one. */
    Suggestion suggest(SamplerRequest request);
}
