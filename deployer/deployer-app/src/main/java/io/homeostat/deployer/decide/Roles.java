package io.homeostat.deployer.decide;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.deployer.observe.Observation;
import io.homeostat.deployer.observe.Observation.Side;
import io.homeostat.rollout.guardrail.Computation;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.ArmChoice;
import io.homeostat.rollout.routing.Bucket;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says by version who was candidate and who was champion. The gateway's arm would not do: after the promotion the
 * candidate is the stable side there, while to the rollout it stays the candidate to the end.
 *
 * @param candidate version of the candidate
 * @param champion version of the champion when the rollout began
 */
record Roles(String candidate, String champion) {
    static Roles of(Underway underway) {
        return new Roles(underway.candidate().version(), underway.champion().version());
    }

    /** The request as an input; empty if the arm that it was given to is neither of the two. */
    Optional<RolloutInput> exposure(Observation.Request request, Instant time) {
        boolean watched =
                request.weightPercent() == 0 && request.answer().version().equals(candidate);
        Arm arm = watched ? Arm.CANDIDATE : given(request);
        Side own = side(request, arm == Arm.CANDIDATE ? candidate : champion);
        if (own == null) {
            return Optional.empty();
        }
        Side other = side(request, arm == Arm.CANDIDATE ? champion : candidate);
        return Optional.of(new RolloutInput.Exposure(
                time,
                request.unitId(),
                arm,
                watched ? 100 : request.weightPercent(),
                computation(own),
                other == null ? null : computation(other)));
    }

    private static Computation computation(Side side) {
        return new Computation(side.failed(), side.latencyMillis());
    }

    /** The arm the unit was given: the candidate's, too, if it failed and the champion stepped in. */
    private Arm given(Observation.Request request) {
        if (request.answer().version().equals(candidate)) {
            return Arm.CANDIDATE;
        }
        Integer bucket = request.bucket();
        boolean steppedIn = bucket != null
                && new ArmChoice("", request.weightPercent()).armOf(new Bucket(bucket)) == Arm.CANDIDATE
                && side(request, candidate) != null;
        return steppedIn ? Arm.CANDIDATE : Arm.STABLE;
    }

    private static @Nullable Side side(Observation.Request request, String version) {
        if (request.answer().version().equals(version)) {
            return request.answer();
        }
        Side other = request.counterpart();
        return other != null && other.version().equals(version) ? other : null;
    }

    /** Who answered a labelled request. */
    Optional<Arm> answered(Observation.Outcome outcome) {
        String by = outcome.answer().modelVersion();
        return by.equals(candidate)
                ? Optional.of(Arm.CANDIDATE)
                : (by.equals(champion) ? Optional.of(Arm.STABLE) : Optional.empty());
    }

    Optional<Answer> ofCandidate(Observation.Outcome outcome) {
        return answer(outcome, candidate);
    }

    Optional<Answer> ofChampion(Observation.Outcome outcome) {
        return answer(outcome, champion);
    }

    private static Optional<Answer> answer(Observation.Outcome outcome, String version) {
        if (outcome.answer().modelVersion().equals(version)) {
            return Optional.of(outcome.answer());
        }
        return Optional.ofNullable(outcome.counterpart())
                .filter(other -> other.modelVersion().equals(version));
    }
}
