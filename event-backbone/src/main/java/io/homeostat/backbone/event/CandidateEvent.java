package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.RolloutSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A model version that wants to be the champion.
 *
 * @param candidateId unique; a second event of the same id is the same candidate
 * @param model the model
 * @param version the version's name
 * @param artifact what to serve
 * @param at when it was proposed
 * @param proposedBy {@code retune}, or a person's name
 * @param baselineVersion the champion it was compared with; absent for a first champion
 * @param retuneId the re-tune it came from
 * @param studyId the study it came from
 * @param parameters its configuration
 * @param holdout its evidence so far
 * @param steps steps in place of the spec's
 * @param summary what it is, in one sentence
 */
public record CandidateEvent(
        String candidateId,
        String model,
        String version,
        ArtifactRef artifact,
        Instant at,
        String proposedBy,
        @Nullable String baselineVersion,
        @Nullable String retuneId,
        @Nullable String studyId,
        Map<String, Object> parameters,
        @Nullable HoldoutEvidence holdout,
        @Nullable List<RolloutSpec.Step> steps,
        String summary) {
    public CandidateEvent {
        Check.name("candidateId", candidateId);
        Check.name("model", model);
        Check.name("version", version);
        Check.present("artifact", artifact);
        Check.present("at", at);
        Check.text("proposedBy", proposedBy);
        parameters = parameters == null ? Map.of() : Map.copyOf(parameters);
        if (steps != null) {
            steps = List.copyOf(Check.notEmpty("steps", steps));
            RolloutSpec.checkOrder(steps);
        }
        Check.text("summary", summary);
    }
}
