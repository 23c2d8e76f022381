package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;

/**
 * A stored model artifact.
 *
 * @param sha256 digest of its bytes, 64 lower-case hex digits; also its name in the artifact store
 * @param format what the bytes are, like {@code homeostat-lightgbm/1}
 * @param sizeBytes length of the bytes
 */
public record ArtifactRef(String sha256, String format, long sizeBytes) {
    public ArtifactRef {
        Check.that(
                Check.text("sha256", sha256).matches("[0-9a-f]{64}"),
                "sha256",
                "'" + sha256 + "' is not 64 lower-case hex digits");
        Check.text("format", format);
        Check.atLeast("sizeBytes", sizeBytes, 1);
    }
}
