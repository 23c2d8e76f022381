package io.homeostat.metastore;

import static io.homeostat.metastore.Studies.finished;
import static io.homeostat.metastore.Studies.rollout;
import static io.homeostat.metastore.Studies.trial;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.backbone.topology.TopologyPart;
import io.homeostat.metastore.curate.CuratorProcessor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetaStoreTopologyTest {
    private static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);

    @TempDir
    Path state;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyTestDriver driver;
    private TestInputTopic<String, StudyEvent> studies;
    private TestInputTopic<String, RolloutStatus> rollouts;
    private TestOutputTopic<String, MetaRecord> records;
    private TestOutputTopic<String, LedgerEntry> ledger;

    @BeforeEach
    void start() {
        // another part that reads the records, too
        TopologyPart reader = (builder, topics, sources) -> sources.globalTable(topics.metaRecords());
        driver = new TopologyTestDriver(
                Topologies.of(TOPICS, List.of(reader, new MetaStorePart(2, Duration.ofDays(100), "wall", meters))),
                Topologies.settings(TOPICS, "test", "nowhere:1", state.toString(), 1, Duration.ofMillis(100)),
                Studies.T0.plus(Duration.ofDays(10)));
        studies = input(TOPICS.studies());
        rollouts = input(TOPICS.rollouts());
        records = output(TOPICS.metaRecords());
        ledger = output(TOPICS.ledger());
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void remembersAFinishedStudy() {
        hear(finished("loans-42", 0, .9, .9512, .8));

        // then
        KeyValue<String, MetaRecord> written = records.readKeyValue();
        assertThat(written.key).isEqualTo("loans-42");
        assertThat(written.value.bestValue()).isEqualTo(.9512);
        assertThat(written.value.trials()).hasSize(3);
        assertThat(written.value.liveOutcome()).isNull();
        assertThat(records.isEmpty()).isTrue();
        LedgerEntry entry = ledger.readValue();
        assertThat(entry.process()).isEqualTo(LedgerEntry.Process.MEMORY);
        assertThat(entry.action()).isEqualTo("remember");
        assertThat(entry.reason()).isEqualTo("study loans-42: 3 trials, best accuracy 0.9512");
        assertThat(driver.<String, Object>getKeyValueStore(SharedSources.storeOf(TOPICS.metaRecords()))
                        .get("loans-42"))
                .isNotNull();
        assertThat(meters.counter("homeostat.memory.decisions", "action", "remember")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void addsTheOutcome() {
        hear(finished("loans-42", 0, .9));
        hear(rollout("loans-42", RolloutStatus.Phase.CANARY, 1, .1));
        hear(rollout("loans-42", RolloutStatus.Phase.WATCHING, 2, .1));
        hear(rollout("loans-42", RolloutStatus.Phase.PROMOTED, 3, .21));

        // then
        List<MetaRecord> written = records.readValuesToList();
        assertThat(written).hasSize(2);
        assertThat(written.get(1).liveOutcome()).isEqualTo(RolloutStatus.Phase.PROMOTED);
        assertThat(written.get(1).liveGain()).isEqualTo(.21);
        assertThat(written.get(1).trials()).isEqualTo(written.get(0).trials());
        assertThat(ledger.readValuesToList())
                .extracting(LedgerEntry::reason)
                .containsExactly(
                        "study loans-42: 1 trial, best accuracy 0.9",
                        "study loans-42: its winner was promoted, live gain 0.21 (superior with e = 310)");
    }

    @Test
    void keepsAnOutcomeUntilItsStudyEnds() {
        hear(rollout("loans-42", RolloutStatus.Phase.ROLLED_BACK, 3, -.1));
        assertThat(records.isEmpty()).isTrue();
        hear(finished("loans-42", 0, .9));

        // then
        MetaRecord record = records.readValue();
        assertThat(record.liveOutcome()).isEqualTo(RolloutStatus.Phase.ROLLED_BACK);
        assertThat(record.liveGain()).isEqualTo(-.1);
        assertThat(actions()).containsExactly("outcome", "remember");
    }

    @Test
    void changesNothingWhenHeardTwice() {
        for (int i = 0; i < 2; i++) {
            hear(finished("loans-42", 0, .9, .95));
            hear(rollout("loans-42", RolloutStatus.Phase.PROMOTED, 3, .21));
            hear(Studies.study("loans-43", 1, true, List.of(trial(0, "failed", null))));
        }
        hear(rollout("loans-42", RolloutStatus.Phase.PROMOTED, 4, .21));
        hear(rollout("loans-42", RolloutStatus.Phase.ROLLED_BACK, 2, -.5));

        assertThat(records.readValuesToList()).hasSize(2);
        assertThat(actions()).containsExactly("remember", "outcome", "skip");
    }

    @Test
    void takesALaterOutcomeAndACorrectedStudy() {
        hear(finished("loans-42", 0, .9));
        hear(rollout("loans-42", RolloutStatus.Phase.PROMOTED, 3, .21));
        hear(rollout("loans-42", RolloutStatus.Phase.ROLLED_BACK, 4, -.3));
        hear(finished("loans-42", 0, .9, .95));

        // then
        List<MetaRecord> written = records.readValuesToList();
        assertThat(written).hasSize(4);
        assertThat(written.get(2).liveOutcome()).isEqualTo(RolloutStatus.Phase.ROLLED_BACK);
        assertThat(written.get(3).liveOutcome()).isEqualTo(RolloutStatus.Phase.ROLLED_BACK);
        assertThat(written.get(3).bestValue()).isEqualTo(.95);
        assertThat(actions()).containsExactly("remember", "outcome", "outcome", "correct");
    }

    @Test
    void waitsForTheEndOfAStudy() {
        hear(Studies.study("loans-42", 0, false, List.of(trial(0, "complete", .9))));

        assertThat(records.isEmpty()).isTrue();
        assertThat(ledger.isEmpty()).isTrue();
    }

    @Test
    void saysWhyAStudyIsNotRemembered() {
        hear(Studies.study("loans-42", 0, true, List.of(trial(0, "pruned", .9))));

        assertThat(records.isEmpty()).isTrue();
        LedgerEntry entry = ledger.readValue();
        assertThat(entry.action()).isEqualTo("skip");
        assertThat(entry.reason())
                .isEqualTo("study loans-42 is not remembered: none of its 1 trials is complete with a finite value:"
                        + " {pruned=1}");
    }

    @Test
    void forgetsTheOldestOfAModel() {
        hear(finished("b", 1, .9));
        hear(finished("c", 2, .9));
        hear(finished("d", 3, .9));
        hear(finished("a", 0, .9)); // late, and older than all

        // then
        List<KeyValue<String, MetaRecord>> written = records.readKeyValuesToList();
        assertThat(written).extracting(kv -> kv.key).containsExactly("b", "c", "d", "b", "a");
        assertThat(written.get(3).value).isNull();
        assertThat(written.get(4).value).isNull();
        assertThat(actions()).containsExactly("remember", "remember", "remember", "forget", "remember", "forget");
        assertThat(meters.get("homeostat.memory.records").gauge().value()).isEqualTo(2);
        assertThat(driver.getKeyValueStore(CuratorProcessor.RECORDS).get("loans/b"))
                .isNull();
        // when: the forgotten is heard again
        hear(finished("b", 1, .9));
        hear(rollout("b", RolloutStatus.Phase.PROMOTED, 100, .1));
        // then
        assertThat(records.isEmpty()).isTrue();
    }

    @Test
    void forgetsWhatIsOldWithoutBeingTold() {
        hear(finished("a", 0, .9));
        hear(finished("b", 20, .9));
        records.readValuesToList();
        driver.advanceWallClockTime(Duration.ofDays(95));

        // then
        List<KeyValue<String, MetaRecord>> written = records.readKeyValuesToList();
        assertThat(written).extracting(kv -> kv.key).containsExactly("a");
        assertThat(written.get(0).value).isNull();
        assertThat(actions()).containsExactly("remember", "remember", "forget");
        assertThat(meters.get("homeostat.memory.records").gauge().value()).isEqualTo(1);
        // when
        hear(finished("c", 1, .9)); // ended long before
        // then
        assertThat(records.isEmpty()).isTrue();
        assertThat(actions()).containsExactly("skip");
        assertThat(ignored("study.tooOld")).isEqualTo(1);
    }

    @Test
    void countsWhatItIgnores() {
        hear(Studies.study(
                "loans-42",
                0,
                true,
                List.of(trial(0, "complete", .9), trial(1, "pruned", .9), trial(2, "complete", Double.NaN))));
        hear(Studies.study("loans-43", 1, true, List.of(trial(0, "failed", null))));
        hear(finished("loans-44", 1, .9));
        hear(finished("loans-44", 1, .9));

        // then
        assertThat(ignored("trial.pruned")).isEqualTo(1);
        assertThat(ignored("trial.notFinite")).isEqualTo(1);
        assertThat(ignored("trial.failed")).isEqualTo(1);
        assertThat(ignored("study.noTrials")).isEqualTo(1);
        assertThat(ignored("lesson.duplicate")).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway")
    void remembersWhatIsImportedLikeAStudyOfItsOwn() {
        // given
        hear(finished("loans-42", 0, .9, .95));
        MetaRecord record = records.readValue();
        MetaRecord other = new MetaRecord(
                "elsewhere",
                record.model(),
                record.trainer(),
                record.metric(),
                record.goal(),
                record.at(),
                record.metaFeatures(),
                record.space(),
                record.bestParameters(),
                record.bestValue(),
                record.trials(),
                record.started(),
                record.cpuMillis(),
                .21,
                RolloutStatus.Phase.PROMOTED);
        TestInputTopic<String, MetaRecord> imports = input(TOPICS.metaImports());

        // when
        imports.pipeInput("loans", record);
        imports.pipeInput("loans", other);
        imports.pipeInput("loans", other);

        // then
        List<MetaRecord> written = records.readValuesToList();
        assertThat(written).hasSize(2);
        assertThat(written.get(1)).isEqualTo(other);
        assertThat(actions()).containsExactly("remember", "remember", "outcome");
        assertThat(ignored("lesson.duplicate")).isEqualTo(3);
    }

    private double ignored(String why) {
        return meters.counter("homeostat.memory.ignored", "why", why).count();
    }

    private void hear(StudyEvent study) {
        studies.pipeInput(study.model() + "/" + study.studyId(), study);
    }

    private void hear(RolloutStatus rollout) {
        rollouts.pipeInput(rollout.model(), rollout);
    }

    private List<String> actions() {
        return ledger.readValuesToList().stream().map(LedgerEntry::action).toList();
    }

    private <V> TestInputTopic<String, V> input(Topic<V> topic) {
        return driver.createInputTopic(topic.name(), new StringSerializer(), new JsonSerde<>(topic.value()));
    }

    private <V> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(topic.name(), new StringDeserializer(), new JsonSerde<>(topic.value()));
    }
}
