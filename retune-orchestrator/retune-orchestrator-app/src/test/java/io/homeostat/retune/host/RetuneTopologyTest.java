package io.homeostat.retune.host;

import static io.homeostat.retune.host.Bench.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.HoldoutEvidence;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneEvent.Trigger;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.fixture.Given;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole re-tunes through the topology, with a scripted worker. */
class RetuneTopologyTest {
    private static final int ASTRAY = 7;

    @TempDir
    Path state;

    @Test
    void aReTuneRunsFromTheAlarmToTheCandidate() {
        try (Bench bench = served()) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            // when
            bench.work(task -> answer(task, Given.better()));
            // then
            List<RetuneStatus> statuses = bench.statuses();
            assertThat(statuses).extracting(RetuneStatus::phase).startsWith(Phase.SNAPSHOT, Phase.SEARCH);
            assertThat(statuses).extracting(RetuneStatus::phase).endsWith(Phase.SEARCH, Phase.CONFIRM, Phase.CANDIDATE);
            assertThat(bench.candidates()).singleElement().satisfies(record -> {
                assertThat(record.key()).isEqualTo(Given.MODEL);
                CandidateEvent candidate = record.value();
                assertThat(candidate.version()).isEqualTo("v2");
                assertThat(candidate.baselineVersion()).isEqualTo("v1");
            });
            assertThat(bench.decisions())
                    .isNotEmpty()
                    .extracting(TrialDecision::taskId)
                    .doesNotHaveDuplicates();
            StudyEvent last = last(bench.studies());
            assertThat(last.finished()).isTrue();
            assertThat(last.trials()).hasSize(9);
            assertThat(last.trials()).extracting(StudyEvent.TrialSummary::state).containsOnly("complete", "pruned");
            assertThat(last.warmStart()).hasSize(1).first().asString().contains("champion v1");
            assertThat(bench.ledger())
                    .startsWith("accept", "remedy", "warm start")
                    .contains("prune")
                    .endsWith("end", "propose");
            assertThat(bench.trialsRunning()).isZero();
            assertThat(bench.meters
                            .get("homeostat.retune.ended")
                            .tags("model", Given.MODEL, "end", "candidate")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(bench.deadLetters()).isEmpty();
        }
    }

    @Test
    void whatItsCopyOfTheMemorySaysDecidesTheRemedyAndTheFirstTrials() {
        try (Bench bench = served()) {
            Given.searches(3, 9, .9, .9001, 3_600_000).forEach(bench::remember);
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.work(task -> answer(task, Given.better()));
            List<LedgerEntry> entries = bench.ledgerEntries();
            assertThat(entries.get(1).reason()).startsWith("re-fit: a re-fit takes ");
            assertThat(entries.get(2).inputs().get("records").toString()).contains("s0", "s1", "s2", "earlier");
            assertThat(last(bench.studies()).trials()).hasSizeLessThan(9);
            assertThat(bench.candidates()).hasSize(1);
        }
    }

    @Test
    void crashesRedeliveriesAndDuplicatesCountNoTrialTwice() {
        StudyEvent calm = study(task -> answer(task, Given.better()));
        // when: each trial's first worker crashes midway and still speaks up later, and each report comes twice
        StudyEvent rough = study(task -> {
            List<WorkerReport> reports = new ArrayList<>();
            if (task instanceof WorkerTask.RunTrial trial) {
                reports.add(Given.started(task.taskId(), "r1", 1));
                reports.add(Given.step("r1", trial.trial(), 1, 10, value(trial, 10)));
                answer(task, Given.better(), 2).forEach(r -> reports.addAll(List.of(r, r)));
                reports.add(Given.done("r1", trial.trial(), 1, 0.99));
            } else {
                answer(task, Given.better(), 1).forEach(r -> reports.addAll(List.of(r, r)));
            }
            return reports;
        });
        // then
        assertThat(rough.trials()).isEqualTo(calm.trials());
        assertThat(rough.bestValue()).isEqualTo(calm.bestValue());
    }

    @Test
    void everyTrialEndsOnceOnItsTopic() {
        try (Bench bench = served()) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.work(task -> {
                List<WorkerReport> twice = new ArrayList<>();
                answer(task, Given.better()).forEach(r -> twice.addAll(List.of(r, r)));
                return twice;
            });
            assertThat(bench.trials().stream()
                            .filter(r -> List.of("complete", "pruned", "failed")
                                    .contains(r.value().state()))
                            .map(TestRecord::key))
                    .hasSize(9)
                    .doesNotHaveDuplicates()
                    .contains("loans/r1/0", "loans/r1/8");
            assertThat(bench.tasks).extracting(WorkerTask::taskId).hasSize(11).doesNotHaveDuplicates();
        }
    }

    @Test
    void aFirstChampionComesWithoutComparison() {
        try (Bench bench = new Bench(state, false).register(Given.spec(4, 2))) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("first", Trigger.FIRST_CHAMPION, null));
            bench.work(task -> answer(task, Given.alone()));
            assertThat(bench.candidates()).singleElement().satisfies(record -> {
                assertThat(record.value().version()).isEqualTo("v1");
                assertThat(record.value().baselineVersion()).isNull();
            });
        }
    }

    @Test
    void noImprovementIsAnEndOfItsOwn() {
        try (Bench bench = served()) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.work(task -> answer(task, Given.notBetter()));
            assertThat(last(bench.statuses()).phase()).isEqualTo(Phase.NO_IMPROVEMENT);
            assertThat(bench.candidates()).isEmpty();
            assertThat(bench.ledger()).endsWith("end", "no improvement");
        }
    }

    @Test
    void aFailedSnapshotEndsTheReTuneAndTheNextWishIsHeard() {
        try (Bench bench = served()) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.work(task -> List.of(Given.failed(task.taskId(), "r1", 1, false)));
            assertThat(last(bench.statuses()).phase()).isEqualTo(Phase.FAILED);
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r2", Trigger.ALARM, "v1"));
            assertThat(last(bench.statuses()).retuneId()).isEqualTo("r2");
        }
    }

    @Test
    void badInputIsSetAsideAndNothingStops() {
        try (Bench bench = served()) {
            bench.sendText(TOPICS.retuneEvents(), Given.MODEL, "{broken");
            bench.sendText(TOPICS.trialReports(), Given.MODEL, "{\"kind\":\"nonsense\"}");
            bench.send(TOPICS.retuneEvents(), "nobody", wishFor("nobody"));
            bench.send(TOPICS.retuneEvents(), "cards", Given.wish("r0", Trigger.ALARM, "v1"));
            bench.send(TOPICS.trialReports(), Given.MODEL, Given.done("never", 3, 1, 0.5));
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            // then
            List<DeadLetter> letters = bench.deadLetters();
            assertThat(letters)
                    .extracting(DeadLetter::reason)
                    .containsExactly(
                            DeadLetter.Reason.UNREADABLE,
                            DeadLetter.Reason.UNREADABLE,
                            DeadLetter.Reason.UNKNOWN_MODEL,
                            DeadLetter.Reason.REFUSED);
            assertThat(letters.get(2).message())
                    .isEqualTo("model: 'nobody' is not registered; register its spec first");
            assertThat(letters.get(2).topic()).isEqualTo(TOPICS.retuneEvents().name());
            assertThat(letters.get(3).message()).startsWith("its key 'cards' is not its model 'loans'");
            assertThat(bench.ledger()).containsExactly("accept");
        }
    }

    @Test
    void silenceIsNoticedByTheWallClock() {
        try (Bench bench = served()) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.pass(Duration.ofSeconds(1));
            bench.pass(Duration.ofMinutes(5));
            bench.work(task -> List.of());
            assertThat(bench.tasks).extracting(WorkerTask::taskId).containsExactly("r1.snapshot", "r1.snapshot");
            assertThat(bench.ledger()).containsExactly("accept", "send again");
        }
    }

    @Test
    void whereOnlyEventsMoveTimeNothingIsOverdueAndTheCandidateBearsTheWishesTime() {
        try (Bench bench = served(true)) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.pass(Duration.ofDays(1));
            bench.work(task -> answer(task, Given.better()));
            assertThat(bench.tasks).hasSize(11);
            assertThat(bench.candidates()).singleElement().satisfies(record -> {
                assertThat(record.value().at()).isEqualTo(Given.T0);
                assertThat(record.timestamp()).isEqualTo(Given.T0.toEpochMilli());
            });
        }
    }

    @Test
    void aRecordThatCannotBeReadIsPassedOverCountedAndSaid() {
        try (Bench bench = served()) {
            // given one that is torn, and one that was forgotten again
            bench.sendText(TOPICS.metaRecords(), "torn", "{\"taskId\": ");
            bench.remember(Given.memory("gone", 19));
            bench.sendText(TOPICS.metaRecords(), "gone", null);

            // when
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.work(task -> answer(task, Given.better()));

            // then
            LedgerEntry begun = bench.ledgerEntries().stream()
                    .filter(entry -> entry.action().equals("warm start"))
                    .findFirst()
                    .orElseThrow();
            assertThat(begun.inputs().get("records")).isEqualTo(List.of("earlier"));
            assertThat(begun.inputs().get("recordsOfNoUse")).isEqualTo(1);
            assertThat(begun.inputs().get("reasons").toString()).startsWith("[torn: It cannot be read: ");
            assertThat(bench.meters.get("homeostat.retune.records").gauge().value())
                    .isEqualTo(1);
            assertThat(bench.meters
                            .get("homeostat.retune.records.unusable")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(bench.candidates()).hasSize(1);
        }
    }

    private StudyEvent study(Function<WorkerTask, List<WorkerReport>> worker) {
        try (Bench bench = served()) {
            bench.send(TOPICS.retuneEvents(), Given.MODEL, Given.wish("r1", Trigger.ALARM, "v1"));
            bench.work(worker);
            assertThat(bench.candidates()).hasSize(1);
            return last(bench.studies());
        }
    }

    private Bench served() {
        return served(false);
    }

    private Bench served(boolean eventClock) {
        Bench bench = new Bench(state, eventClock).register(Given.spec(9, 1)).remember(Given.memory("earlier", 17));
        bench.send(TOPICS.routes(), Given.MODEL, Given.route(1, "v1"));
        return bench;
    }

    private static RetuneEvent wishFor(String model) {
        Instant at = Given.T0;
        return new RetuneEvent("x", model, Trigger.PERSON, at, at, null, null, null, "why not", List.of());
    }

    private static List<WorkerReport> answer(WorkerTask task, HoldoutEvidence holdout) {
        return answer(task, holdout, 1);
    }

    private static List<WorkerReport> answer(WorkerTask task, HoldoutEvidence holdout, int attempt) {
        String retune = task.retuneId();
        WorkerReport started = Given.started(task.taskId(), retune, attempt);
        if (task instanceof WorkerTask.TakeSnapshot) {
            return List.of(started, Given.taken(retune, attempt));
        }
        if (task instanceof WorkerTask.ConfirmBest) {
            return List.of(started, Given.confirmed(task.taskId(), retune, attempt, holdout));
        }
        WorkerTask.RunTrial trial = (WorkerTask.RunTrial) task;
        List<WorkerReport> reports = new ArrayList<>(List.of(started));
        for (int step = 10; step <= 50; step += 20) {
            reports.add(Given.step(retune, trial.trial(), attempt, step, value(trial, step)));
        }
        reports.add(Given.done(retune, trial.trial(), attempt, value(trial, 50)));
        return reports;
    }

    /** Best near a learning rate of .05; better with every step. One trial goes astray, whatever was suggested: it is to be pruned. */
    private static double value(WorkerTask.RunTrial trial, int step) {
        double rate = ((Number) trial.parameters().get("learning_rate")).doubleValue();
        double astray = trial.trial() == ASTRAY ? 0.5 : 0;
        return 0.9 - Math.abs(Math.log(rate / 0.05)) / 10 - 1.0 / step - astray;
    }

    private static <T> T last(List<T> all) {
        return all.get(all.size() - 1);
    }
}
