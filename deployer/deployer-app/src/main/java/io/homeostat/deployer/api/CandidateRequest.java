package io.homeostat.deployer.api;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.RolloutSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A version that a person proposes.
 *
 * @param version its name
 * @param artifact what to serve
 * @param steps in place of the spec's
 * @param summary what it is, in a sentence
 * @param proposedBy the person
 * @param candidateId makes a repetition harmless; default a new one
 */
record CandidateRequest(
        String version,
        ArtifactRef artifact,
        @Nullable List<RolloutSpec.Step> steps,
        String summary,
        String proposedBy,
        @Nullable String candidateId) {
    CandidateRequest {
        Check.name("version", version);
        Check.present("artifact", artifact);
        Check.text("summary", summary);
        Check.text("proposedBy", proposedBy);
        if (steps != null) {
            RolloutSpec.checkOrder(Check.notEmpty("steps", steps));
            Check.that(steps.size() <= 50, "steps", steps.size() + " are above 50");
        }
        if (candidateId != null) {
            Check.name("candidateId", candidateId);
        }
    }

    CandidateEvent event(String model, Instant at) {
        String id = candidateId == null ? UUID.randomUUID().toString() : candidateId;
        return new CandidateEvent(
                id, model, version, artifact, at, proposedBy, null, null, null, Map.of(), null, steps, summary);
    }
}
