package io.homeostat.rollout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What the process gets wrong and how soon it is right; the benchmarks look closer. */
class RolloutErrorRatesTest {
    @Test
    void equalVersionsAreCalledSuperiorOrRolledBackWithinTheBudget() {
        // when
        int superior = 0;
        int rolledBack = 0;
        for (int seed = 0; seed < 200; seed++) {
            Scene scene = new Scene(seed, Scene.threeSteps());
            scene.traffic(1200, .05, .05);
            superior += scene.rollout.evidence().labels().pairs().highestSuperiorityLogE() >= Math.log(20) ? 1 : 0;
            rolledBack += scene.rollout.state() instanceof RolloutState.RolledBack ? 1 : 0;
        }

        // then
        assertThat(superior).isLessThanOrEqualTo(10 + 6);
        assertThat(rolledBack).isLessThanOrEqualTo(10 + 6);
    }

    @Test
    void aCandidateThreePointsWorseIsFoundInAboutFiveHundredLabels() {
        // when
        long[] labels = new long[201];
        for (int seed = 0; seed < labels.length; seed++) {
            Scene scene = new Scene(seed, Scene.threeSteps());
            while (!scene.rollout.ended()
                    && scene.rollout.evidence().labels().pairs().labels() < 3000) {
                scene.pair(.015, .045);
            }
            labels[seed] = scene.rollout.evidence().labels().pairs().labels();
            assertThat(scene.rollout.weightPercent()).isZero();
        }
        Arrays.sort(labels);

        // then
        assertThat(labels[100]).isBetween(250L, 520L);
    }

    @Test
    void fiveTimesTheErrorsAreFoundAtFivePercentOfTraffic() {
        // when
        int found = 0;
        for (int seed = 0; seed < 100; seed++) {
            found += rolledBack(seed, .01, .05, 8000) ? 1 : 0;
        }

        // then
        assertThat(found).isGreaterThanOrEqualTo(95);
    }

    @Test
    void aSharedOutageOfEightTimesTheErrorsRollsBackNobodyBeyondTheBudget() {
        // when
        int rolledBack = 0;
        for (int seed = 0; seed < 200; seed++) {
            rolledBack += rolledBack(seed, .08, .08, 800) ? 1 : 0;
        }

        // then
        assertThat(rolledBack).isLessThanOrEqualTo(10 + 6);
    }

    private static boolean rolledBack(int seed, double stable, double candidate, int requests) {
        Scene scene = new Scene(seed, Scene.canaryOnly(5));
        for (int i = 0; i < 200; i++) {
            scene.request(.01, stable == candidate ? .01 : candidate, false);
        }
        for (int i = 0; i < requests && !scene.rollout.ended(); i++) {
            scene.request(stable, candidate, false);
        }
        return scene.rollout.state() instanceof RolloutState.RolledBack;
    }
}
