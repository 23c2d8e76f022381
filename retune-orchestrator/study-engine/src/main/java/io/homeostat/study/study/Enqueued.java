package io.homeostat.study.study;

import io.homeostat.study.space.Configuration;

/**
 * A configuration to try before the sampler is asked.
 *
 * @param configuration a point of the study's space; {@link io.homeostat.study.space.Space#project} makes one of any
 * @param reason where it came from, such as {@code the champion's own parameters}
 */
public record Enqueued(Configuration configuration, String reason) {}
