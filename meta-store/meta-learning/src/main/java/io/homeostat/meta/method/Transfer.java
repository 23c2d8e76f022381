package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.study.sampler.Sampler;

/**
 * A way to learn from earlier tasks.
 *
 * <p>The sampler that it makes keeps to the contract of samplers: the suggestion depends on the past and the request
 * only. It searches the past's space; without a task it searches as if from nothing.
 */
@FunctionalInterface
public interface Transfer {

    /** A sampler that knows the past. What takes time is done here or when it is first asked, once. */
    Sampler sampler(Past past);
}
