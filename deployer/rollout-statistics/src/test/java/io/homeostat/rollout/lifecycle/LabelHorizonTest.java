package io.homeostat.rollout.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.Step;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Only requests that are old enough are judged. */
class LabelHorizonTest {
    private static final Duration HORIZON = Duration.ofHours(16);
    private static final Decision LATE = Decision.on("accuracy").withLabels(HORIZON, .5);

    private static Scene scene() {
        return new Scene(1, Scene.plan(LATE, new Step.Canary(50, Duration.ofMinutes(5))));
    }

    private static PairedEvidence judged(Scene scene) {
        return scene.rollout.evidence().labels().pairs();
    }

    @Test
    void labelsCountOnceTheirRequestsAreOldEnough() {
        // given
        Scene scene = scene();
        Instant requested = scene.time;
        scene.request(0, 0, true);

        // when
        scene.tick(Duration.ofHours(1));
        scene.label("a", requested, 1, null);
        scene.tick(HORIZON.minus(Duration.ofHours(1)));
        long early = judged(scene).labels();
        scene.tick(Duration.ofHours(1));

        // then
        assertThat(early).isZero();
        assertThat(judged(scene).labels()).isEqualTo(1);
        assertThat(judged(scene).candidateBetter()).isEqualTo(1);
        assertThat(scene.rollout.evidence().labels().maturing().slices()).isEmpty();
    }

    @Test
    void gatheredLabelsSayTheSameAsThoseThatCountAtOnce() {
        // given
        Scene late = scene();
        Scene atOnce = new Scene(1, Scene.plan(Decision.on("accuracy"), new Step.Canary(50, Duration.ofMinutes(5))));

        // when
        for (int i = 0; i < 500; i++) {
            for (Scene scene : new Scene[] {late, atOnce}) {
                scene.request(0, 0, true);
                scene.label("l" + i, scene.time, i % 9 == 0 ? 1 : i % 11 == 0 ? -1 : 0, null);
            }
        }
        late.tick(Duration.ofDays(2));

        // then
        PairedEvidence expected = judged(atOnce);
        assertThat(judged(late).labels()).isEqualTo(500);
        assertThat(judged(late).superiority().logE())
                .isCloseTo(expected.superiority().logE(), within(1e-9));
        assertThat(judged(late).harm().logE()).isCloseTo(expected.harm().logE(), within(1e-9));
        assertThat(judged(late).differences().variance())
                .isCloseTo(expected.differences().variance(), within(1e-12));
    }

    @Test
    void aLabelThatComesTooLateIsCountedAndNotJudged() {
        // given
        Scene scene = scene();
        Instant requested = scene.time;
        scene.request(0, 0, true);
        scene.tick(Duration.ofDays(2));

        // when
        scene.label("a", requested, 1, null);

        // then
        assertThat(judged(scene).labels()).isZero();
        assertThat(scene.rollout.evidence().labels().maturing().tooLate()).isEqualTo(1);
    }

    @Test
    void requestsOfAPartitionThatLagsBehindCountLikeAllOthers() {
        // given
        Scene scene = scene();
        scene.tick(HORIZON.dividedBy(2));
        Instant ahead = scene.time;
        scene.request(0, 0, true);

        // when: what another partition holds is read, hours older
        scene.time = ahead.minus(HORIZON.dividedBy(4));
        Instant behind = scene.time.plusSeconds(1);
        scene.request(0, 0, true);
        scene.label("behind", behind, 1, null);
        scene.time = ahead;
        scene.label("ahead", ahead.plusSeconds(1), 1, null);

        // then: the older is judged first
        scene.tick(HORIZON.multipliedBy(7).dividedBy(8));
        assertThat(judged(scene).labels()).isEqualTo(1);
        scene.tick(HORIZON);
        assertThat(judged(scene).labels()).isEqualTo(2);
        Coverage coverage = scene.rollout.evidence().labels().coverage();
        assertThat(coverage.stableAnswers() + coverage.candidateAnswers()).isEqualTo(2);
        assertThat(scene.rollout.evidence().labels().maturing().tooLate()).isZero();
    }

    @Test
    void aRequestThatIsOlderThanWhatWasJudgedOpensNothing() {
        // given
        Scene scene = scene();
        Instant old = scene.time;
        scene.request(0, 0, true);
        scene.tick(Duration.ofDays(3));

        // when
        scene.time = old;
        scene.request(0, 0, true);

        // then
        assertThat(scene.rollout.evidence().labels().maturing().slices()).isEmpty();
    }

    @Test
    void withoutEnoughLabelsOfEachArmThereIsNoVerdict() {
        // given
        Scene scene = scene();
        for (int i = 0; i < 200; i++) {
            Instant requested = scene.time;
            scene.request(0, 0, true);
            scene.say(new RolloutInput.LabelSeen(scene.time, scene.time, Arm.STABLE));
            scene.label("l" + i, requested, 1, null);
        }

        // when
        scene.tick(Duration.ofDays(2));

        // then
        Coverage coverage = scene.rollout.evidence().labels().coverage();
        assertThat(coverage.of(Arm.STABLE)).isEqualTo(1);
        assertThat(coverage.of(Arm.CANDIDATE)).isZero();
        assertThat(RolloutProcess.judge(scene.rollout).verdict()).isEqualTo(Verdict.NO_DATA);
        assertThat(RolloutProcess.judge(scene.rollout).reason())
                .endsWith("0.00 % of the candidate's answers, 50.00 % are asked for");
    }

    @Test
    void whatWaitsIsBoundedHoweverLongItGoesOn() {
        // given
        Scene scene = scene();

        // when
        for (int i = 0; i < 3_000; i++) {
            scene.tick(Duration.ofMinutes(7));
            scene.request(0, 0, true);
            assertThat(scene.rollout.evidence().labels().maturing().slices()).hasSizeLessThanOrEqualTo(18);
        }

        // then
        assertThat(scene.rollout.evidence().labels().coverage().stableAnswers()).isPositive();
    }
}
