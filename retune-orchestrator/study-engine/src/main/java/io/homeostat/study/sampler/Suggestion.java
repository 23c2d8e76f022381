package io.homeostat.study.sampler;

import io.homeostat.study.space.Configuration;

/**
 * A configuration to try.
 *
 * @param configuration a point of the requested space
 * @param reason how it was found, for people
 */
public record Suggestion(Configuration configuration, String reason) {}
