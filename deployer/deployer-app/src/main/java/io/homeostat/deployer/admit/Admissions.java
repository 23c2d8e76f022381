package io.homeostat.deployer.admit;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.ModelSpec;
import java.util.Optional;

/**
 * Decides whether a candidate is tried.
 *
 * @param spec of its model, empty if it is not registered
 * @param champion version in force, empty before the first
 * @param underway version that is being tried, empty if none is
 * @param seen the candidates seen lately
 */
public record Admissions(
        Optional<ModelSpec> spec, Optional<String> champion, Optional<String> underway, RecentIds seen) {
    /** What becomes of the candidate. */
    public Admission judge(CandidateEvent candidate) {
        if (seen.contains(candidate.candidateId())) {
            return new Admission.Known();
        }
        if (spec.isEmpty()) {
            return new Admission.Refused(
                    DeadLetter.Reason.UNKNOWN_MODEL,
                    "model: '" + candidate.model() + "' is not registered; register its spec, then propose it again");
        }
        try {
            return champion.<Admission>map(current -> challenge(candidate, spec.get(), current))
                    .orElseGet(Admission.FirstChampion::new);
        } catch (InvalidValueException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private Admission challenge(CandidateEvent candidate, ModelSpec model, String current) {
        String version = candidate.version();
        if (version.equals(current)) {
            return refused("version: '" + version + "' is the champion already; give the new one a name of its own");
        }
        if (underway.filter(version::equals).isPresent()) {
            return refused("version: '" + version + "' is being rolled out already; abort that rollout to begin again");
        }
        String baseline = candidate.baselineVersion();
        if (candidate.retuneId() != null && baseline != null && !baseline.equals(current)) {
            return refused("baselineVersion: it was compared with '" + baseline + "', but the champion is now '"
                    + current + "'; re-tune against that");
        }
        return new Admission.Challenge(PlanMapping.plan(model, candidate.steps()));
    }

    private static Admission refused(String message) {
        return new Admission.Refused(DeadLetter.Reason.REFUSED, message);
    }
}
