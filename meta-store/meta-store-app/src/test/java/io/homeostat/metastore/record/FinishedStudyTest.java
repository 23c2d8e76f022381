package io.homeostat.metastore.record;

import static io.homeostat.metastore.Studies.trial;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.metastore.Studies;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FinishedStudyTest {
    @Test
    void keepsCompleteTrialsBestFirst() {
        StudyEvent study = Studies.study(
                "loans-1",
                0,
                true,
                List.of(
                        trial(0, "complete", .9),
                        trial(1, "pruned", .99),
                        trial(2, "complete", .95),
                        trial(3, "failed", null),
                        trial(4, "complete", Double.NaN)));

        // when
        Lesson.Learned learned = (Lesson.Learned) FinishedStudy.lesson(study);

        // then
        assertThat(learned.evaluated()).isEqualTo(2);
        assertThat(learned.record().trials())
                .containsExactly(
                        new MetaRecord.Evaluation(Map.of("num_leaves", 12), .95, 2),
                        new MetaRecord.Evaluation(Map.of("num_leaves", 10), .9, 0));
        assertThat(learned.record().bestValue()).isEqualTo(.95);
        assertThat(learned.record().bestParameters()).isEqualTo(Map.of("num_leaves", 12));
        assertThat(learned.at()).isEqualTo(Studies.T0.plusSeconds(60));
    }

    @Test
    void putsTheSmallestFirstWhereSmallIsGood() {
        StudyEvent study = minimizing(Studies.finished("loans-1", 0, .3, .1, .2));

        assertThat(((Lesson.Learned) FinishedStudy.lesson(study)).record().trials())
                .extracting(MetaRecord.Evaluation::value)
                .containsExactly(.1, .2, .3);
    }

    @Test
    void keepsTheBestFiveHundred() {
        double[] values = IntStream.range(0, 600).mapToDouble(i -> i).toArray();

        Lesson.Learned learned = (Lesson.Learned) FinishedStudy.lesson(Studies.finished("loans-1", 0, values));

        assertThat(learned.evaluated()).isEqualTo(600);
        assertThat(learned.record().trials()).hasSize(500);
        assertThat(learned.record().trials().get(499).value()).isEqualTo(100);
    }

    @Test
    void saysWhyThereIsNothing() {
        StudyEvent study = Studies.study(
                "loans-1", 0, true, List.of(trial(0, "pruned", .9), trial(1, "failed", null), trial(2, "pruned", .8)));

        assertThat(((Lesson.Nothing) FinishedStudy.lesson(study)).reason())
                .isEqualTo("none of its 3 trials is complete with a finite value: {pruned=2, failed=1}");
        assertThat(((Lesson.Nothing) FinishedStudy.lesson(Studies.finished("loans-2", 0))).reason())
                .isEqualTo("it ended without a trial");
    }

    @Test
    void hearsOfARolloutOnlyWhenItIsOver() {
        List<RolloutStatus.Phase> heard = Arrays.stream(RolloutStatus.Phase.values())
                .filter(phase -> EndedRollout.lesson(Studies.rollout("loans-1", phase, 5, .2))
                        .isPresent())
                .toList();

        assertThat(heard)
                .containsExactly(
                        RolloutStatus.Phase.PROMOTED, RolloutStatus.Phase.ROLLED_BACK, RolloutStatus.Phase.REFUSED);
    }

    @Test
    void aRefitTeachesNothing() {
        StudyEvent study = Studies.finished("loans-1", 0, .3, .1, .2);
        StudyEvent refit = new StudyEvent(
                study.studyId(),
                study.retuneId(),
                study.model(),
                true,
                study.trainer(),
                study.metric(),
                study.goal(),
                study.space(),
                true,
                study.metaFeatures(),
                study.trials(),
                null,
                null,
                List.of(),
                900L,
                study.startedAt(),
                study.endedAt());
        assertThat(FinishedStudy.lesson(refit)).isInstanceOf(Lesson.Nothing.class);
    }

    private static StudyEvent minimizing(StudyEvent s) {
        return new StudyEvent(
                s.studyId(),
                s.retuneId(),
                s.model(),
                s.refit(),
                s.trainer(),
                "logLoss",
                "minimize",
                s.space(),
                true,
                s.metaFeatures(),
                s.trials(),
                null,
                null,
                List.of(),
                900L,
                s.startedAt(),
                s.endedAt());
    }
}
