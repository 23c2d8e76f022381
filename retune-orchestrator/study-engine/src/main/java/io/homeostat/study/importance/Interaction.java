package io.homeostat.study.importance;

/**
 * How much two parameters mattered together, beyond what each did alone.
 *
 * @param first the one that comes first in the space
 * @param second the other one
 * @param share in [0, 1]
 */
public record Interaction(String first, String second, double share) {}
