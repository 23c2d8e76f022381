package io.homeostat.retune.warmstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.DOUBLE;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.retune.fixture.Given;
import io.homeostat.retune.search.Studies;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Enqueued;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FirstTrialsTest {
    @Test
    void aFirstTrainingBeginsWithTheTrainersDefaultsWithinTheSpace() {
        Enqueued first = first(Optional.empty());
        assertThat(first.reason()).isEqualTo("the trainer's defaults, for a first training");
        assertThat(first.configuration().values())
                .containsEntry("num_leaves", 31L)
                .containsEntry("learning_rate", 0.1)
                .containsEntry("num_iterations", 100L)
                .containsEntry("training_share", 1.0);
        // LightGBM's 0 is not on this space's logarithmic scale, so the middle stands in
        assertThat((double) first.configuration().value("lambda_l2").orElseThrow())
                .isBetween(0.09, 0.11);
    }

    @Test
    void theChampionIsRefittedAndWhatDoesNotFitIsNamed() {
        Enqueued first = first(
                Optional.of(new Incumbent("v3", Map.of("num_leaves", 63, "learning_rate", 99.0, "unknown", "x"))));
        assertThat(first.reason())
                .startsWith("the champion v3, re-fitted (new here or out of range: ")
                .contains("learning_rate");
        assertThat(first.configuration().values())
                .containsEntry("num_leaves", 63L)
                .containsEntry("learning_rate", 0.1);
    }

    @Test
    void aChampionOfUnknownParametersIsReplacedByTheDefaultsAndSaidSo() {
        assertThat(first(Optional.of(new Incumbent("by-hand", null))).reason())
                .isEqualTo("the trainer's defaults, for the parameters of the champion by-hand are not known");
    }

    @Test
    void whereAChangeIsKnownTheRowsSinceThenAreTriedAlone() {
        // 600 rows to fit; the champion's settings and the trainer's defaults
        assertThat(shares(150)).containsExactly(.5, .25, .25);
        // the smallest share that the space has
        assertThat(shares(6)).hasSize(3).last().asInstanceOf(DOUBLE).isCloseTo(.05, within(1e-12));
        assertThat(shares(300)).containsExactly(.5, .5);
        assertThat(shares(0)).containsExactly(.5);
        assertThat(shares(600)).containsExactly(.5);
    }

    @Test
    void theDefaultsAreTriedOnTheRowsSinceTheChangeUnlessTheyServe() {
        // given
        Incumbent other = new Incumbent("v3", Map.of("num_leaves", 63));
        Incumbent unknown = new Incumbent("by-hand", null);

        // when, then
        assertThat(changed(150, other))
                .extracting(t -> t.configuration().values().get("num_leaves"))
                .containsExactly(63L, 63L, 31L);
        assertThat(changed(150, other))
                .extracting(Enqueued::reason)
                .last()
                .isEqualTo("the trainer's defaults on the 150 rows since the change");
        assertThat(changed(150, unknown))
                .extracting(t -> t.configuration().values().get("training_share"))
                .containsExactly(1.0, .25);
    }

    private static List<Double> shares(int sinceChange) {
        Incumbent champion = new Incumbent("v3", Map.of("training_share", .5, "num_leaves", 63));
        return changed(sinceChange, champion).stream()
                .map(trial -> (Double) trial.configuration().values().get("training_share"))
                .toList();
    }

    private static List<Enqueued> changed(int sinceChange, Incumbent champion) {
        Snapshot all = Given.snapshot();
        Snapshot changed = new Snapshot(
                all.topic(),
                all.ranges(),
                all.dataUntil(),
                all.dataUntil().minusSeconds(600),
                all.rows(),
                all.training(),
                sinceChange,
                all.validation(),
                all.holdout(),
                all.checksum(),
                all.metaFeatures());
        return FirstTrials.search(Studies.space(Given.spec(40, 1)), Optional.of(champion), changed);
    }

    @Test
    void aRefitTriesWhatIsKnownAndNothingElse() {
        List<Enqueued> refit = refit(Map.of("num_leaves", 63, "training_share", 0.2));
        assertThat(refit)
                .extracting(t -> t.configuration().values().get("num_leaves"))
                .containsExactly(63L, 63L, 63L, 31L, 7L);
        assertThat(refit)
                .extracting(t -> t.configuration().values().get("training_share"))
                .containsExactly(0.2, 0.4, 1.0, 1.0, 1.0);
        assertThat(refit).extracting(Enqueued::reason).element(2).isEqualTo("the same with all rows");
        assertThat(refit)
                .extracting(Enqueued::reason)
                .element(4)
                .isEqualTo("the best of this model's task old, on all rows");
    }

    @Test
    void aRefitTriesNothingTwice() {
        assertThat(refit(Map.of()))
                .extracting(t -> t.configuration().values().get("num_leaves"))
                .containsExactly(31L, 7L);
    }

    private static List<Enqueued> refit(Map<String, Object> champion) {
        ModelSpec spec = Given.spec(40, 1);
        Recall recall = Recall.of(
                spec, Studies.space(spec), Map.of("logRows", 6.9), RecordIndex.of(List.of(Given.memory("old", 7))));
        Space space = Studies.space(spec);
        return FirstTrials.refit(
                space, FirstTrials.search(space, Optional.of(new Incumbent("v3", champion)), Given.snapshot()), recall);
    }

    private static Enqueued first(Optional<Incumbent> champion) {
        return FirstTrials.search(Studies.space(Given.spec(40, 1)), champion, Given.snapshot())
                .get(0);
    }
}
