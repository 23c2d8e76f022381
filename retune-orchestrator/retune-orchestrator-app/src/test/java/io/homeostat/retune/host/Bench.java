package io.homeostat.retune.host;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.retune.fixture.Given;
import io.homeostat.retune.lifecycle.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The orchestrator's topology with a worker that is played by a script. */
final class Bench implements AutoCloseable {
    static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final List<WorkerTask> tasks = new ArrayList<>();
    private final TopologyTestDriver driver;
    private final TestOutputTopic<String, WorkerTask> queue;

    Bench(Path state, boolean eventClock) {
        driver = new TopologyTestDriver(
                Topologies.of(TOPICS, List.of(new RetunePart(new Settings(Duration.ofMinutes(5), eventClock), meters))),
                Topologies.settings(TOPICS, "test", "nowhere:1", state.toString(), 1, Duration.ofMillis(100)),
                Given.T0);
        queue = output(TOPICS.trialTasks());
    }

    Bench register(ModelSpec spec) {
        send(TOPICS.models(), spec.model(), spec);
        return this;
    }

    Bench remember(MetaRecord record) {
        send(TOPICS.metaRecords(), record.taskId(), record);
        return this;
    }

    <V> void send(Topic<V> topic, String key, V value) {
        TestInputTopic<String, V> input = driver.createInputTopic(
                topic.name(), new StringSerializer(), topic.valueSerde().serializer());
        input.pipeInput(key, value, Given.T0);
    }

    void sendText(Topic<?> topic, String key, @Nullable String value) {
        driver.createInputTopic(topic.name(), new StringSerializer(), new StringSerializer())
                .pipeInput(key, value, Given.T0);
    }

    /** Gives each task to the worker, and its reports back, until there is no work left. */
    Bench work(Function<WorkerTask, List<WorkerReport>> worker) {
        while (!queue.isEmpty()) {
            WorkerTask task = queue.readValue();
            tasks.add(task);
            worker.apply(task).forEach(report -> send(TOPICS.trialReports(), report.model(), report));
        }
        return this;
    }

    void pass(Duration time) {
        driver.advanceWallClockTime(time);
    }

    double trialsRunning() {
        return meters.get("homeostat.retune.trials.running").gauge().value();
    }

    List<RetuneStatus> statuses() {
        return output(TOPICS.retunes()).readValuesToList();
    }

    List<StudyEvent> studies() {
        return output(TOPICS.studies()).readValuesToList();
    }

    List<TestRecord<String, StudyEvent.TrialSummary>> trials() {
        return output(TOPICS.trials()).readRecordsToList();
    }

    List<TrialDecision> decisions() {
        return output(TOPICS.trialDecisions()).readValuesToList();
    }

    List<TestRecord<String, CandidateEvent>> candidates() {
        return output(TOPICS.candidates()).readRecordsToList();
    }

    List<LedgerEntry> ledgerEntries() {
        return output(TOPICS.ledger()).readValuesToList();
    }

    List<String> ledger() {
        return ledgerEntries().stream().map(LedgerEntry::action).toList();
    }

    List<DeadLetter> deadLetters() {
        return output(TOPICS.deadLetters()).readValuesToList();
    }

    private <V> TestOutputTopic<String, V> output(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), topic.valueSerde().deserializer());
    }

    @Override
    public void close() {
        driver.close();
    }
}
