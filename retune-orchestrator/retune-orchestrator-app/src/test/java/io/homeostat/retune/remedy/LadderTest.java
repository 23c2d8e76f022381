package io.homeostat.retune.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.retune.fixture.Given;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final long HOUR = 3_600_000;
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    @Test
    void asLongAsLittleIsKnownTheSearchIsAFullOne() {
        Choice choice = Ladder.choose(Given.searches(2, 40, .9, .95, HOUR), 40, 4, .01);
        assertThat(choice.remedy()).isEqualTo(Remedy.FULL_SEARCH);
        assertThat(choice.reason()).contains("known of 2 earlier ones", "3 are needed");
    }

    @Test
    void whatAnHourHasToGainDecides() {
        // half of the loss, by the last trial; forty take 40 h
        List<MetaRecord> past = Given.searches(3, 40, .9, .95, HOUR);
        assertThat(Ladder.choose(past, 40, 4, .01).remedy()).isEqualTo(Remedy.FULL_SEARCH);
        assertThat(Ladder.choose(past, 40, 4, .02).remedy()).isEqualTo(Remedy.REFIT);
        Choice choice = Ladder.choose(past, 40, 4, .02);
        assertThat(choice.expected()).hasSize(3);
        assertThat(choice.expected().get(2).gain()).isEqualTo(.5, EXACT);
        assertThat(choice.expected().get(2).hours()).isEqualTo(40, EXACT);
        assertThat(choice.reason())
                .contains("a re-fit takes 4.0 h", "a full search takes 50.0 % off its loss in 40.0 h");
    }

    @Test
    void aShortSearchThatFindsMostIsEnough() {
        // found by the eighth trial
        List<MetaRecord> past = new ArrayList<>();
        for (MetaRecord search : Given.searches(3, 8, .9, .95, HOUR)) {
            past.add(withTrials(search, 40));
        }
        assertThat(Ladder.choose(past, 40, 4, .01).remedy()).isEqualTo(Remedy.SHORT_SEARCH);
        assertThat(Ladder.choose(past, 40, 4, 0).remedy()).isEqualTo(Remedy.FULL_SEARCH);
        assertThat(Ladder.choose(past, 40, 4, 1).remedy()).isEqualTo(Remedy.REFIT);
    }

    @Test
    void aGainThatVariesMayBeLargerThanItsMean() {
        List<MetaRecord> past = new ArrayList<>(Given.searches(2, 40, .9, .9, HOUR));
        past.addAll(Given.searches(1, 40, .9, .96, HOUR));
        // mean .2, standard error .2
        assertThat(Ladder.choose(past, 40, 4, .0001).expected().get(2).gain()).isEqualTo(.4, EXACT);
    }

    @Test
    void searchesThatWereShortSayNothingOfFullOnes() {
        List<MetaRecord> past = new ArrayList<>(Given.searches(8, 5, .9, .95, HOUR));
        past.addAll(Given.searches(3, 40, .9, .95, HOUR));
        // the third full one is the eleventh record
        assertThat(Ladder.choose(past, 40, 4, 1).remedy()).isEqualTo(Remedy.FULL_SEARCH);
        assertThat(Ladder.choose(past.subList(1, 11), 40, 4, 1).remedy()).isEqualTo(Remedy.REFIT);
    }

    @Test
    void aLossIsMeasuredInTheMetricsOwnDirection() {
        List<MetaRecord> past = Given.searches(3, 40, .2, .1, 1).stream()
                .map(search -> withGoal(search, "minimize"))
                .toList();
        assertThat(Ladder.choose(past, 40, 4, .01).expected().get(2).gain()).isEqualTo(.5, EXACT);
    }

    @Test
    void recordsThatDoNotSayWhatTheyTookAreLeftOut() {
        List<MetaRecord> past = new ArrayList<>(Given.searches(2, 40, .9, .95, HOUR));
        past.add(Given.memory("imported", 7));
        assertThat(Ladder.choose(past, 40, 4, 1).remedy()).isEqualTo(Remedy.FULL_SEARCH);
    }

    @Test
    void theNextRemedyHasMoreTrials() {
        assertThat(Remedy.beyond(4, 40)).contains(Remedy.SHORT_SEARCH);
        assertThat(Remedy.beyond(8, 40)).contains(Remedy.FULL_SEARCH);
        assertThat(Remedy.beyond(40, 40)).isEmpty();
        assertThat(Remedy.beyond(5, 5)).isEmpty();
        assertThat(Remedy.FULL_SEARCH).hasToString("full search");
        assertThat(Remedy.REFIT).hasToString("re-fit");
    }

    private static MetaRecord withTrials(MetaRecord search, int started) {
        return search.withEffort(started, started * HOUR);
    }

    private static MetaRecord withGoal(MetaRecord r, String goal) {
        return new MetaRecord(
                r.taskId(),
                r.model(),
                r.trainer(),
                "log_loss",
                goal,
                r.at(),
                r.metaFeatures(),
                r.space(),
                r.bestParameters(),
                r.bestValue(),
                r.trials(),
                r.started(),
                r.cpuMillis(),
                null,
                null);
    }
}
