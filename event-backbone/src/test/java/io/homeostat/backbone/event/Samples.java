package io.homeostat.backbone.event;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RolloutSpec;
import io.homeostat.backbone.spec.Share;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One full example of every event. */
public final class Samples {
    public static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    public static final ArtifactRef ARTIFACT = new ArtifactRef("ab".repeat(32), "homeostat-lightgbm/1", 48_213);
    public static final Snapshot SNAPSHOT = new Snapshot(
            "homeostat.labelled",
            List.of(new Snapshot.OffsetRange(0, 10, 5010)),
            T0,
            T0.minusSeconds(60),
            5000,
            3000,
            400,
            1000,
            1000,
            "cd".repeat(32),
            Map.of("logRows", 8.517));
    public static final HoldoutEvidence HOLDOUT = new HoldoutEvidence(1000, "accuracy", 0.95, 0.71, 290, 50, 1.5e-9);

    private Samples() {}

    public static ModelSpec spec() {
        return ModelSpec.read("{model: loans, task: binary, features: {salary: numeric, car: categorical}}"
                .getBytes(StandardCharsets.UTF_8));
    }

    public static PredictionEvent prediction() {
        Map<String, Object> features = new LinkedHashMap<>();
        features.put("salary", 52_000.5);
        features.put("car", "bmw");
        features.put("age", null);
        return new PredictionEvent(
                "p-1",
                "loans",
                T0,
                features,
                new PredictionEvent.Answer("v1", "ab".repeat(32), "1", 0.83, null, 200, 0.4),
                "u-9",
                "r-1",
                1,
                Arm.STABLE,
                5.0,
                731,
                new PredictionEvent.Answer("v2", "ef".repeat(32), "0", 0.12, null, 200, 0.6),
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                1);
    }

    /** Every event by the name of its golden file. */
    public static Map<String, Object> all() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("model-spec", spec());
        all.put("prediction", prediction());
        all.put("label", new LabelEvent("p-1", "loans", "1", T0.plusSeconds(30), null));
        all.put("labelled", new LabelledEvent(prediction(), "1", T0.plusSeconds(30), false));
        all.put("reference", new ReferenceEvent("loans", "v1", T0, 5000, new byte[] {1, 2, 3}));
        all.put("estimator", new EstimatorEvent("loans", "v1", T0, 1000, new byte[] {1, 2, 3}));
        all.put("reference-learned", new ReferenceEvent("loans", "v1", T0, 5000, new byte[] {1, 2, 3}, true));
        all.put(
                "profile",
                new ProfileEvent("loans", "v1", T0, T0.plusSeconds(600), 1200, 900, Map.of("accuracy", .91)));
        all.put("profile-of-a-slice", sliceProfile());
        all.put("profile-estimated", estimatedProfile());
        all.put("drift-signal", signal());
        all.put(
                "retune-event",
                new RetuneEvent(
                        "loans-42",
                        "loans",
                        RetuneEvent.Trigger.ALARM,
                        T0,
                        T0,
                        T0.minusSeconds(60),
                        512L,
                        "v1",
                        "error rate rose from 9 % to 31 %",
                        List.of(signal())));
        all.put(
                "retune-status",
                new RetuneStatus(
                        "loans-42",
                        "loans",
                        RetuneStatus.Phase.SEARCH,
                        RetuneEvent.Trigger.ALARM,
                        T0,
                        T0.plusSeconds(5),
                        "12 of 40 trials done",
                        SNAPSHOT,
                        "loans-42",
                        12,
                        .94,
                        null));
        all.put("study", study());
        all.put(
                "task-take-snapshot",
                new WorkerTask.TakeSnapshot(
                        "t-1", "loans-42", spec(), T0, T0.minusSeconds(60), T0.minusSeconds(90), false, null));
        all.put(
                "task-run-trial",
                new WorkerTask.RunTrial(
                        "t-2",
                        "loans-42",
                        spec(),
                        "loans-42",
                        3,
                        Map.of("num_leaves", 31),
                        SNAPSHOT,
                        10,
                        List.of(new WorkerTask.Stage(20, Map.of("num_leaves", 15))),
                        40));
        all.put(
                "task-confirm-best",
                new WorkerTask.ConfirmBest(
                        "t-3",
                        "loans-42",
                        spec(),
                        "loans-42",
                        List.of(new WorkerTask.Finalist(
                                3,
                                Map.of("num_leaves", 31),
                                .94,
                                List.of(new WorkerTask.Stage(20, Map.of("num_leaves", 15))))),
                        SNAPSHOT,
                        "v1",
                        ARTIFACT,
                        "v2",
                        true));
        all.put("report-started", new WorkerReport.Started("t-2", "loans-42", "loans", 1, "w-1", T0));
        all.put(
                "report-snapshot-taken",
                new WorkerReport.SnapshotTaken("t-1", "loans-42", "loans", 1, "w-1", T0, SNAPSHOT));
        all.put("report-step", new WorkerReport.Step("t-2", "loans-42", "loans", 1, "w-1", T0, 3, 10, .91));
        all.put(
                "report-trial-done",
                new WorkerReport.TrialDone("t-2", "loans-42", "loans", 1, "w-1", T0, 3, .94, 80, false, 412));
        all.put(
                "report-confirmed",
                new WorkerReport.Confirmed(
                        "t-3", "loans-42", "loans", 1, "w-1", T0, 3, Map.of("num_leaves", 31), ARTIFACT, HOLDOUT, 900));
        all.put(
                "report-failed",
                new WorkerReport.Failed("t-2", "loans-42", "loans", 4, "w-1", T0, "LightGBM refused", false));
        all.put("trial-decision", new TrialDecision("loans", "loans-42", "t-2", "worse than the median at step 10"));
        all.put(
                "candidate",
                new CandidateEvent(
                        "loans-42",
                        "loans",
                        "v2",
                        ARTIFACT,
                        T0,
                        "retune",
                        "v1",
                        "loans-42",
                        "loans-42",
                        Map.of("num_leaves", 31),
                        HOLDOUT,
                        List.of(new RolloutSpec.Step(null, new Share(.05), null, null)),
                        "accuracy .95 against .71"));
        all.put(
                "rollout-command",
                new RolloutCommand("c-1", "loans", RolloutCommand.Action.HOLD, "ada", "month end", T0));
        all.put(
                "rollout-status",
                new RolloutStatus(
                        "loans-42",
                        "loans",
                        "v2",
                        "v1",
                        RolloutStatus.Phase.CANARY,
                        1,
                        5,
                        T0,
                        T0.plusSeconds(40),
                        12_000,
                        610,
                        9_000,
                        "superior with e = 310",
                        "loans-42",
                        "loans-42",
                        .21));
        all.put(
                "route",
                new Route(
                        "loans",
                        7,
                        T0,
                        new Route.Target("v1", ARTIFACT),
                        new Route.Target("v2", ARTIFACT),
                        5,
                        true,
                        "loans-42",
                        1,
                        "loans-42",
                        "canary at 5 %"));
        all.put(
                "meta-record",
                new MetaRecord(
                        "loans-42",
                        "loans",
                        "lightgbm",
                        "accuracy",
                        "maximize",
                        T0,
                        Map.of("logRows", 8.517),
                        Map.of("num_leaves", Map.of("int", List.of(4, 128), "log", true)),
                        Map.of("num_leaves", 31),
                        .95,
                        List.of(new MetaRecord.Evaluation(Map.of("num_leaves", 31), .95, 0)),
                        3,
                        740L,
                        .21,
                        RolloutStatus.Phase.PROMOTED));
        all.put(
                "ledger-entry",
                new LedgerEntry(
                        "loans",
                        T0,
                        LedgerEntry.Process.ROLLOUT,
                        "loans-42",
                        "promote",
                        "superior",
                        Map.of("eValue", 310.5)));
        all.put("ledger-entry-alarm", alarm());
        all.put(
                "retune-event-of-alarm",
                new RetuneEvent(
                        "loans-r1",
                        "loans",
                        RetuneEvent.Trigger.ALARM,
                        T0,
                        T0,
                        T0.minusSeconds(60),
                        512L,
                        "v1",
                        "inputs drifted",
                        List.of(signal()),
                        "loans@2026-01-31T12:00:00Z"));
        all.put(
                "dead-letter",
                new DeadLetter(
                        "homeostat.labels",
                        0,
                        17,
                        DeadLetter.Reason.DUPLICATE_LABEL,
                        "the same label came at 12:00",
                        "p-1",
                        "{}",
                        T0));
        return all;
    }

    private static ProfileEvent sliceProfile() {
        return new ProfileEvent(
                "loans",
                "v1",
                T0,
                T0.plusSeconds(600),
                90,
                90,
                Map.of("accuracy", .8),
                Map.of("accuracy", new MetricInterval(90, .042, .66, .9, true)),
                new SliceRef("car", "bmw"),
                null);
    }

    private static ProfileEvent estimatedProfile() {
        return new ProfileEvent(
                "loans",
                "v1",
                T0,
                T0.plusSeconds(600),
                1200,
                0,
                Map.of(),
                Map.of(),
                null,
                new ProfileEvent.Estimate(
                        1150, Map.of("auc", .93), Map.of("auc", new MetricInterval(1150, .01, .91, .95, false))));
    }

    private static LedgerEntry alarm() {
        FeatureShift salary = new FeatureShift(
                "salary",
                List.of(1_000.0, 2_000.0),
                null,
                new FeatureShift.Side(1_000, 0, List.of(0.0, 1.0, 0.0)),
                new FeatureShift.Side(200, 0.05, List.of(0.0, 0.75, 0.25)));
        FeatureShift car = new FeatureShift(
                "car",
                null,
                List.of("bmw"),
                new FeatureShift.Side(1_000, 0, List.of(1.0, 0.0)),
                new FeatureShift.Side(200, 0, List.of(0.5, 0.5)));
        return new LedgerEntry(
                "loans",
                T0,
                LedgerEntry.Process.MONITOR,
                "loans@2026-01-31T12:00:00Z",
                "alarm",
                "inputs drifted",
                Map.of("kind", "data_drift"),
                new AlarmEvidence(List.of(signal()), List.of(salary, car)));
    }

    private static DriftSignal signal() {
        return new DriftSignal(
                "loans",
                "v1",
                T0,
                T0.minusSeconds(600),
                T0,
                "salary",
                "psi",
                .31,
                .31,
                1e-6,
                .1,
                true,
                "PSI 0.31 is above 0.1");
    }

    private static StudyEvent study() {
        return new StudyEvent(
                "loans-42",
                "loans-42",
                "loans",
                false,
                "lightgbm",
                "accuracy",
                "maximize",
                Map.of("num_leaves", Map.of("int", List.of(4, 128), "log", true)),
                true,
                Map.of("logRows", 8.517),
                List.of(new StudyEvent.TrialSummary(0, "complete", "champion", Map.of("num_leaves", 31), .95, 8)),
                Map.of("num_leaves", 31),
                .95,
                List.of("champion v1"),
                740L,
                T0,
                T0.plusSeconds(20));
    }
}
