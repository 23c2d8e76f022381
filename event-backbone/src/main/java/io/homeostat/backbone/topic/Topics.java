package io.homeostat.backbone.topic;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.ModelSpec;
import java.time.Duration;
import java.util.List;

/**
 * Every topic of Homeostat.
 *
 * @param prefix what their names begin with; default {@code homeostat}
 * @param partitions of each topic
 * @param replication copies of each partition
 * @param expire whether facts are deleted when they are older than their retention. Kafka goes by the events' own times: a
 *     recorded stream of years ago would be deleted while it is replayed
 */
public record Topics(String prefix, int partitions, short replication, boolean expire) {
    private static final Duration DAYS_7 = Duration.ofDays(7);
    private static final Duration DAYS_90 = Duration.ofDays(90);
    private static final Duration YEARS_2 = Duration.ofDays(730);

    public Topics {
        Check.name("homeostat.topics.prefix", prefix);
        Check.range("homeostat.topics.partitions", partitions, 1, 10_000);
        Check.range("homeostat.topics.replication", replication, 1, 100);
    }

    /** Topics whose facts expire. */
    public Topics(String prefix, int partitions, short replication) {
        this(prefix, partitions, replication, true);
    }

    /** The native predictions: the default source of a spec. */
    public Topic<PredictionEvent> predictions() {
        return facts("predictions", "prediction id", PredictionEvent.class, DAYS_7);
    }

    /** The native labels: the default source of a spec. */
    public Topic<LabelEvent> labels() {
        return facts("labels", "prediction id", LabelEvent.class, DAYS_7);
    }

    public Topic<ModelSpec> models() {
        return compacted("models", "model", ModelSpec.class);
    }

    public Topic<LabelledEvent> labelled() {
        return facts("labelled", "prediction id", LabelledEvent.class, YEARS_2);
    }

    public Topic<ReferenceEvent> references() {
        return compacted("references", "model/version", ReferenceEvent.class);
    }

    public Topic<EstimatorEvent> estimators() {
        return compacted("estimators", "model/version", EstimatorEvent.class);
    }

    public Topic<ProfileEvent> profiles() {
        return facts("profiles", "model", ProfileEvent.class, DAYS_90);
    }

    public Topic<DriftSignal> driftSignals() {
        return facts("drift-signals", "model", DriftSignal.class, DAYS_90);
    }

    public Topic<RetuneEvent> retuneEvents() {
        return facts("retune-events", "model", RetuneEvent.class, YEARS_2);
    }

    public Topic<RetuneStatus> retunes() {
        return compacted("retunes", "model", RetuneStatus.class);
    }

    public Topic<StudyEvent> studies() {
        return compacted("studies", "model/study", StudyEvent.class);
    }

    public Topic<StudyEvent.TrialSummary> trials() {
        return compacted("trials", "model/study/trial", StudyEvent.TrialSummary.class);
    }

    /** The queue of the trial workers, read by a share group. */
    public Topic<WorkerTask> trialTasks() {
        return facts("trial-tasks", "model", WorkerTask.class, DAYS_7);
    }

    public Topic<WorkerReport> trialReports() {
        return facts("trial-reports", "model", WorkerReport.class, DAYS_7);
    }

    public Topic<TrialDecision> trialDecisions() {
        return facts("trial-decisions", "model", TrialDecision.class, DAYS_7);
    }

    public Topic<MetaRecord> metaRecords() {
        return compacted("meta-records", "task", MetaRecord.class);
    }

    /** Records from files: what is remembered of them goes to {@link #metaRecords}. */
    public Topic<MetaRecord> metaImports() {
        return facts("meta-imports", "model", MetaRecord.class, DAYS_7);
    }

    public Topic<CandidateEvent> candidates() {
        return facts("candidates", "model", CandidateEvent.class, YEARS_2);
    }

    /** What people say to a rollout. */
    public Topic<RolloutCommand> rolloutCommands() {
        return facts("rollout-commands", "model", RolloutCommand.class, YEARS_2);
    }

    public Topic<RolloutStatus> rollouts() {
        return compacted("rollouts", "model", RolloutStatus.class);
    }

    public Topic<Route> routes() {
        return compacted("routes", "model", Route.class);
    }

    /** How far each model's route is applied at its targets. */
    public Topic<TargetStatus> targets() {
        return compacted("targets", "model/target", TargetStatus.class);
    }

    public Topic<LedgerEntry> ledger() {
        return facts("ledger", "model", LedgerEntry.class, YEARS_2);
    }

    public Topic<DeadLetter> deadLetters() {
        return facts("dead-letters", "source key", DeadLetter.class, DAYS_90);
    }

    /** All of them, in the order of the data's way. */
    public List<Topic<?>> all() {
        return List.of(
                models(),
                predictions(),
                labels(),
                labelled(),
                references(),
                estimators(),
                profiles(),
                driftSignals(),
                retuneEvents(),
                retunes(),
                studies(),
                trials(),
                trialTasks(),
                trialReports(),
                trialDecisions(),
                metaImports(),
                metaRecords(),
                candidates(),
                rolloutCommands(),
                rollouts(),
                routes(),
                targets(),
                ledger(),
                deadLetters());
    }

    private <V> Topic<V> facts(String name, String key, Class<V> value, Duration retention) {
        return new Topic<>(
                prefix + "." + name, key, value, partitions, replication, false, expire ? retention : Topic.UNLIMITED);
    }

    private <V> Topic<V> compacted(String name, String key, Class<V> value) {
        return new Topic<>(prefix + "." + name, key, value, partitions, replication, true, Duration.ZERO);
    }
}
