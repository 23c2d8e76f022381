package io.homeostat.standalone.demo;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.serde.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A colleague's careless candidate: it answers the opposite, and goes to real users without a shadow step. */
final class BadCandidate {
    static final String ID = "loans-careless";

    private BadCandidate() {}

    /** The request that proposes it, as a person would send it. */
    static byte[] proposal(ArtifactRef artifact) {
        return Json.text(Map.of(
                        "candidateId",
                        ID,
                        "version",
                        "v-careless",
                        "artifact",
                        artifact,
                        "proposedBy",
                        "a careless colleague",
                        "summary",
                        "trained on labels that were mixed up",
                        "steps",
                        List.of(Map.of("canary", "5%", "hold", "10s"), Map.of("ab", "50%", "hold", "10s"))))
                .getBytes(StandardCharsets.UTF_8);
    }
}
