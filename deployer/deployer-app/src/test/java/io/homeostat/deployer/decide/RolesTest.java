package io.homeostat.deployer.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.Arm;
import io.homeostat.deployer.observe.Observation;
import io.homeostat.deployer.observe.Observation.Side;
import io.homeostat.rollout.guardrail.Computation;
import io.homeostat.rollout.lifecycle.RolloutInput;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RolesTest {
    private static final Instant TIME = Instant.parse("2026-01-31T12:00:00Z");
    private static final Roles ROLES = new Roles("v2", "v1");
    private static final Side V1 = new Side("v1", false, 1);
    private static final Side V2 = new Side("v2", false, 2);
    private static final Side V2_FAILED = new Side("v2", true, 3);

    private static Observation.Request request(double weight, int bucket, Side answer, Side counterpart) {
        return new Observation.Request(TIME, "r", "u", weight, bucket, Arm.STABLE, answer, counterpart);
    }

    private static RolloutInput.Exposure exposure(
            io.homeostat.rollout.routing.Arm arm, double weight, boolean failed, double latency, Computation other) {
        return new RolloutInput.Exposure(TIME, "u", arm, weight, new Computation(failed, latency), other);
    }

    @Test
    void shadowIsTheChampionsRequest() {
        assertThat(ROLES.exposure(request(0, 10, V1, V2_FAILED), TIME))
                .contains(exposure(io.homeostat.rollout.routing.Arm.STABLE, 0, false, 1, new Computation(true, 3)));
    }

    @Test
    void failureOfTheCandidateThatTheChampionAnsweredIsTheCandidates() {
        assertThat(ROLES.exposure(request(5, 499, V1, V2_FAILED), TIME))
                .contains(exposure(io.homeostat.rollout.routing.Arm.CANDIDATE, 5, true, 3, new Computation(false, 1)));
        assertThat(ROLES.exposure(request(5, 500, V1, V2_FAILED), TIME))
                .contains(exposure(io.homeostat.rollout.routing.Arm.STABLE, 5, false, 1, new Computation(true, 3)));
    }

    @Test
    void duringTheWatchTheStableSideIsTheCandidateWithAllTraffic() {
        assertThat(ROLES.exposure(request(0, 10, V2, V1), TIME))
                .contains(
                        exposure(io.homeostat.rollout.routing.Arm.CANDIDATE, 100, false, 2, new Computation(false, 1)));
    }

    @Test
    void requestWithoutTheOtherSideHasNoCounterpart() {
        assertThat(ROLES.exposure(request(5, 9000, V1, null), TIME))
                .contains(exposure(io.homeostat.rollout.routing.Arm.STABLE, 5, false, 1, null));
    }

    @Test
    void answerOfSomeoneElseIsNoExposure() {
        assertThat(ROLES.exposure(request(5, 9000, new Side("v9", false, 1), null), TIME))
                .isEmpty();
    }
}
