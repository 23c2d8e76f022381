package io.homeostat.model.artifact;

import io.homeostat.backbone.event.ArtifactRef;

/** Keeps model artifacts under the digest of their bytes. Storing the same bytes again changes nothing. */
public interface ArtifactStore {
    /** Stores the bytes; when this returns, {@link #get} finds them. */
    ArtifactRef put(byte[] bytes, String format);

    /**
     * The bytes, checked against the reference's digest and size. Errors: {@link ArtifactException} that says what was
     * expected, what was found, and what to do.
     */
    byte[] get(ArtifactRef ref);
}
