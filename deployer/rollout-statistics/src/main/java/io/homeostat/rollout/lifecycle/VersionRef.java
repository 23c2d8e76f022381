package io.homeostat.rollout.lifecycle;

/**
 * A version that can be served.
 *
 * @param version its name
 * @param digest digest of its artifact
 */
public record VersionRef(String version, String digest) {}
