package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.sequential.Moments;

/**
 * Losses on requests that one side alone answered.
 *
 * @param candidate the candidate's, 0 to 1 each
 * @param stable the champion's
 */
public record ArmLosses(Moments candidate, Moments stable) {
    static final ArmLosses NONE = new ArmLosses(Moments.none(), Moments.none());

    long count() {
        return candidate.count() + stable.count();
    }

    ArmLosses observe(Arm arm, double loss) {
        return arm == Arm.CANDIDATE
                ? new ArmLosses(candidate.observe(loss), stable)
                : new ArmLosses(candidate, stable.observe(loss));
    }

    ArmLosses and(ArmLosses other) {
        return new ArmLosses(candidate.and(other.candidate), stable.and(other.stable));
    }
}
