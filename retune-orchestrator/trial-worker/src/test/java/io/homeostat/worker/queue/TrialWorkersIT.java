package io.homeostat.worker.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.BrokerResource;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.worker.History;
import io.homeostat.worker.task.Attempt;
import io.homeostat.worker.task.StoppedTasks;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(
        value = BrokerResource.class,
        initArgs = {
            @ResourceArg(name = "homeostat.topics.partitions", value = "2"),
            @ResourceArg(name = "homeostat.worker.lock", value = "15s")
        })
class TrialWorkersIT {
    private static final ModelSpec SPEC = History.spec(1000, "accuracy");
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static boolean historySent;

    @Inject
    Topics topics;

    @Inject
    TrialWorkers workers;

    @Inject
    TopicProvisioner provisioner;

    @Inject
    WorkerClients clients;

    @Inject
    WorkerSettings settings;

    @Inject
    ArtifactStore artifacts;

    @ConfigProperty(name = "kafka.bootstrap.servers")
    String bootstrapServers;

    private KafkaProducer<String, byte[]> producer;
    private TopicReader<WorkerReport> reports;

    @BeforeEach
    void open() {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
        reports = new TopicReader<>(bootstrapServers, topics.trialReports());
        if (!historySent) {
            historySent = true;
            for (LabelledEvent event : History.events(1000, .4)) {
                send(topics.labelled(), event.prediction().predictionId(), event);
            }
            producer.flush();
        }
    }

    @AfterEach
    void close() {
        producer.close();
        reports.close();
    }

    private <V> void send(Topic<V> topic, String key, V value) {
        producer.send(new ProducerRecord<>(topic.name(), key, Json.bytes(value)));
        producer.flush();
    }

    private <R extends WorkerReport> R await(String taskId, Class<R> kind) {
        Predicate<WorkerReport> wanted = r -> kind.isInstance(r) && r.taskId().equals(taskId);
        List<WorkerReport> seen = reports.await(PATIENCE, all -> all.stream().anyMatch(wanted));
        return kind.cast(seen.stream().filter(wanted).findFirst().orElseThrow());
    }

    private Snapshot snapshot(String taskId) {
        send(
                topics.trialTasks(),
                "m",
                new WorkerTask.TakeSnapshot(
                        taskId, "r", SPEC, History.START.plusSeconds(1_000_000), null, null, false, null));
        return await(taskId, WorkerReport.SnapshotTaken.class).snapshot();
    }

    private WorkerTask.RunTrial trial(String taskId, Snapshot snapshot, int iterations) {
        return new WorkerTask.RunTrial(
                taskId, "r", SPEC, "s", 0, Map.of("num_iterations", iterations), snapshot, 10, null, null);
    }

    @Test
    void aReTunesWorkIsDoneFromSnapshotToConfirmedCandidate() {
        // given
        Snapshot snapshot = snapshot("whole-0");
        // when
        send(topics.trialTasks(), "m", trial("whole-1", snapshot, 25));
        send(topics.trialTasks(), "m", trial("whole-2", snapshot, 5));
        var done = await("whole-1", WorkerReport.TrialDone.class);
        await("whole-2", WorkerReport.TrialDone.class);
        var finalist = new WorkerTask.Finalist(0, Map.of("num_iterations", 25), done.value(), null);
        send(
                topics.trialTasks(),
                "m",
                new WorkerTask.ConfirmBest(
                        "whole-3", "r", SPEC, "s", List.of(finalist), snapshot, null, null, "v1", false));
        var confirmed = await("whole-3", WorkerReport.Confirmed.class);
        // then
        assertThat(done.value()).isGreaterThan(.85);
        assertThat(done.attempt()).isEqualTo(1);
        assertThat(reports.values().stream()
                        .filter(r -> r.taskId().equals("whole-1"))
                        .map(r -> r.getClass().getSimpleName()))
                .containsExactly("Started", "Step", "Step", "Step", "TrialDone");
        assertThat(artifacts.get(confirmed.artifact()))
                .hasSize((int) confirmed.artifact().sizeBytes());
        try (TopicReader<ReferenceEvent> references = new TopicReader<>(bootstrapServers, topics.references())) {
            assertThat(references.await(PATIENCE, all -> !all.isEmpty()).get(0).modelVersion())
                    .isEqualTo("v1");
        }
    }

    @Test
    void aDecisionStopsARunningTrial() {
        // given
        send(topics.trialTasks(), "m", trial("long", snapshot("long-0"), 10_000));
        await("long", WorkerReport.Step.class);
        // when
        send(topics.trialDecisions(), "m", new TrialDecision("m", "r", "long", "worse than the median"));
        var done = await("long", WorkerReport.TrialDone.class);
        // then
        assertThat(done.stopped()).isTrue();
        assertThat(done.bestIteration()).isBetween(1, 9_999);
    }

    @Test
    void whatIsNoTaskIsSetAsideAndTheNextOneIsDone() {
        // given
        producer.send(new ProducerRecord<>(topics.trialTasks().name(), "m", "{\"kind\":\"dance\"}".getBytes()));
        // when
        snapshot("after-0");
        // then
        try (TopicReader<DeadLetter> letters = new TopicReader<>(bootstrapServers, topics.deadLetters())) {
            DeadLetter letter = letters.await(PATIENCE, all -> !all.isEmpty()).get(0);
            assertThat(letter.topic()).isEqualTo(topics.trialTasks().name());
            assertThat(letter.payload()).contains("dance");
        }
    }

    @Test
    void workersThatRestTakeNothingUntilTheyResume() {
        // given
        Snapshot snapshot = snapshot("rest-0");
        workers.pause();
        send(topics.trialTasks(), "m", trial("rest-1", snapshot, 5));
        send(topics.labelled(), "other", History.event("other", "x", 1, .5, "red", "1"));
        // when
        List<WorkerReport> before = reports.values();
        workers.resume();
        await("rest-1", WorkerReport.TrialDone.class);
        // then
        assertThat(before).noneMatch(r -> r.taskId().equals("rest-1"));
    }

    @Test
    void aTaskGivenBackAtTheEndIsDoneByTheNextWorker() {
        // given
        Snapshot snapshot = snapshot("again-0");
        send(topics.trialTasks(), "m", trial("again", snapshot, 1500));
        await("again", WorkerReport.Step.class);
        // when
        long begun = System.nanoTime();
        workers.stop();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        workers.start();
        var done = await("again", WorkerReport.TrialDone.class);
        // then
        assertThat(took).isLessThan(Duration.ofSeconds(3));
        assertThat(done.attempt()).isEqualTo(2);
        assertThat(reports.values().stream()
                        .filter(r -> r.taskId().equals("again"))
                        .filter(WorkerReport.TrialDone.class::isInstance))
                .hasSize(1);
    }

    @Test
    void aTaskLongerThanTheLockIsHeld() {
        // given a group of its own with a lock of 15 s, renewed every 5 s, and tasks that take 17 s
        provisioner.provision(List.of(new Topics("holding", 1, (short) 1).trialTasks()));
        QueueGroup.configure(bootstrapServers, "holding", Duration.ofSeconds(15));
        Topic<WorkerTask> tasks = new Topics("holding", 1, (short) 1).trialTasks();
        send(tasks, "m", new WorkerTask.TakeSnapshot("held", "r", SPEC, History.START, null, null, false, null));
        List<Integer> attempts = new CopyOnWriteArrayList<>();
        TaskRunner slow = new TaskRunner(null, null, null) {
            @Override
            public void run(Attempt attempt) {
                attempts.add(attempt.number());
                Awaitility.await()
                        .atMost(PATIENCE)
                        .pollDelay(Duration.ofSeconds(17))
                        .until(() -> true);
                attempt.control().checkIn();
                attempt.reports().send(TaskRunner.failed(attempt, "it was slow", false));
            }
        };
        Worker.Tools tools = new Worker.Tools(
                () -> new TaskQueue(clients.tasks("holding"), tasks.name()),
                producer,
                settings,
                slow,
                new StoppedTasks(),
                new Gate());
        List<Worker> two = List.of(new Worker(tools, 8), new Worker(tools, 9));
        // when
        two.forEach(worker -> new Thread(worker).start());
        var failed = await("held", WorkerReport.Failed.class);
        two.forEach(worker -> worker.end(new CountDownLatch(0)));
        // then
        assertThat(failed.attempt()).isEqualTo(1);
        assertThat(attempts).containsExactly(1);
    }
}
