package io.homeostat.retune.warmstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.retune.fixture.Given;
import io.homeostat.retune.search.Samplers;
import io.homeostat.retune.search.Studies;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.study.Asked;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudyState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecallTest {
    private final ModelSpec spec = Given.spec(40, 1);

    @Test
    void whatIsUsedAndWhatIsNotIsSaid() {
        List<MetaRecord> records =
                List.of(Given.memory("old", 7), Given.memory("odd", 100_000), Given.memory("older", 9));
        Recall recall = Recall.of(spec, Studies.space(spec), Map.of("logRows", 6.9), RecordIndex.of(records));
        assertThat(recall.taskIds()).containsExactlyInAnyOrder("old", "older");
        assertThat(recall.inputs())
                .containsEntry("recordsOfNoUse", 1)
                .containsEntry("reasons", List.of("odd: None of its trials lies in the new space."));
        assertThat(recall.records(RecordIndex.of(records)))
                .extracting(MetaRecord::taskId)
                .containsExactlyInAnyOrder("old", "older");
    }

    @Test
    void aPoisonedRecordIsIgnoredWithItsReason() {
        MetaRecord good = Given.memory("old", 7);
        MetaRecord poisoned = new MetaRecord(
                "poisoned",
                good.model(),
                good.trainer(),
                good.metric(),
                "upwards",
                good.at(),
                Map.of(),
                Map.of(),
                Map.of(),
                Double.POSITIVE_INFINITY,
                List.of(new MetaRecord.Evaluation(Map.of("num_leaves", 9), Double.NaN, null)),
                null,
                null,
                null,
                null);
        Recall recall = Recall.of(spec, Studies.space(spec), Map.of(), RecordIndex.of(List.of(poisoned, good)));
        assertThat(recall.taskIds()).containsExactly("old");
        assertThat(recall.inputs()).containsEntry("recordsOfNoUse", 1);
        assertThat(recall.inputs().get("reasons").toString())
                .isEqualTo("[poisoned: goal: 'upwards' is not one of maximize, minimize.]");
    }

    @Test
    void aSearchBeginsWithTheBestOfTheNewestAndSaysSo() {
        Sampler sampler = new Samplers()
                .of("r1", spec, Given.snapshot(), List.of("old"), RecordIndex.of(List.of(Given.memory("old", 7))));
        Asked asked = ask(sampler);
        assertThat(asked.trial().orElseThrow().configuration().values()).containsEntry("num_leaves", 7L);
        assertThat(asked.reason()).isEqualTo("auto: the best of the model's newest task old");
    }

    @Test
    void aShareOfTheRowsIsSeenFromTheLastChange() {
        // given a search without a change, whose best trial took half of the rows
        MetaRecord all = Given.memory("old", 7);
        MetaRecord half = new MetaRecord(
                "half",
                all.model(),
                all.trainer(),
                all.metric(),
                all.goal(),
                all.at(),
                Map.of(),
                Map.of(),
                Map.of("training_share", .5),
                .9,
                List.of(
                        new MetaRecord.Evaluation(Map.of("training_share", .5), .9, 0),
                        new MetaRecord.Evaluation(Map.of("training_share", .1), .8, 1)),
                null,
                null,
                null,
                null);
        // when a fifth of the rows is of the world as it is now
        Recall recall = Recall.of(spec, Studies.space(spec), Map.of("ofThisWorld", .2), RecordIndex.of(List.of(half)));
        // then half of these is a tenth of all; what would be less than the space has is its least
        assertThat(recall.past().tasks().get(0).configurations())
                .extracting(c -> (Double) c.values().get("training_share"))
                .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : Double.compare(a, b))
                .containsExactly(.1, .05);
    }

    @Test
    void aRecordThatWasDroppedIsDoneWithout() {
        Sampler sampler = new Samplers().of("r1", spec, Given.snapshot(), List.of("old"), RecordIndex.of(List.of()));
        assertThat(ask(sampler).trial()).isPresent();
    }

    private Asked ask(Sampler sampler) {
        StudyState study = Study.start(Studies.spec("s", spec, 5), List.of(), Given.T0);
        return Study.ask(study, sampler, Given.T0);
    }
}
