package io.homeostat.retune.trigger;

import static io.homeostat.retune.fixture.Given.wish;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.RetuneEvent.Trigger;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void anAlarmAboutTheChampionIsAccepted() {
        assertThat(Rules.decide(wish("a", Trigger.ALARM, "v1"), new Standing(false, null, "v1")))
                .isEqualTo(new Admission.Accepted("accuracy fell from 0.95 to 0.71"));
    }

    @Test
    void anAlarmAboutAFormerChampionIsStale() {
        assertThat(Rules.decide(wish("a", Trigger.ALARM, "v1"), new Standing(false, null, "v2")))
                .isEqualTo(new Admission.Refused(
                        "the champion changed meanwhile: the wish is about v1, and v2 serves now"));
    }

    @Test
    void aPersonMayAskWhateverVersionTheyName() {
        assertThat(Rules.decide(wish("a", Trigger.PERSON, "v1"), new Standing(false, null, "v2")))
                .isInstanceOf(Admission.Accepted.class);
    }

    @Test
    void aSecondAlarmIsMerged() {
        Admission second = Rules.decide(wish("b", Trigger.ALARM, "v1"), new Standing(false, "a", "v1"));
        assertThat(second.action()).isEqualTo("merge");
        assertThat(second.reason()).isEqualTo("the re-tune a is under way and answers this one, too");
    }

    @Test
    void aRefitThatFallsDueMeanwhileIsMergedAndOneOfAFormerChampionIsStale() {
        assertThat(Rules.decide(wish("b", Trigger.SCHEDULE, "v1"), new Standing(false, "a", "v1"))
                        .action())
                .isEqualTo("merge");
        assertThat(Rules.decide(wish("b", Trigger.SCHEDULE, "v1"), new Standing(false, null, "v2"))
                        .action())
                .isEqualTo("refuse");
    }

    @Test
    void whatAPersonAsksMeanwhileIsRefusedWithTheWayOut() {
        Admission asked = Rules.decide(wish("b", Trigger.PERSON, null), new Standing(false, "a", "v1"));
        assertThat(asked.action()).isEqualTo("refuse");
        assertThat(asked.reason()).contains("the re-tune a is under way").contains("ask again");
    }

    @Test
    void aFirstTrainingIsRefusedWhereThereIsAChampion() {
        assertThat(Rules.decide(wish("a", Trigger.FIRST_CHAMPION, null), new Standing(false, null, "v1"))
                        .action())
                .isEqualTo("refuse");
        assertThat(Rules.decide(wish("a", Trigger.FIRST_CHAMPION, null), new Standing(false, null, null))
                        .action())
                .isEqualTo("accept");
    }

    @Test
    void theSameIdIsTheSameWish() {
        assertThat(Rules.decide(wish("a", Trigger.ALARM, "v1"), new Standing(true, "a", "v1"))
                        .action())
                .isEqualTo("ignore");
    }
}
