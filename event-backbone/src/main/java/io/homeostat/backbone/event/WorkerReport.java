package io.homeostat.backbone.event;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a worker says of a task. {@code attempt} counts the deliveries of the task; reports of an older attempt than the
 * newest seen are void, so that no trial counts twice.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerReport.Started.class, name = "started"),
    @JsonSubTypes.Type(value = WorkerReport.SnapshotTaken.class, name = "snapshot_taken"),
    @JsonSubTypes.Type(value = WorkerReport.Step.class, name = "step"),
    @JsonSubTypes.Type(value = WorkerReport.TrialDone.class, name = "trial_done"),
    @JsonSubTypes.Type(value = WorkerReport.Confirmed.class, name = "confirmed"),
    @JsonSubTypes.Type(value = WorkerReport.Failed.class, name = "failed")
})
public sealed interface WorkerReport {
    String taskId();

    String retuneId();

    String model();

    int attempt();

    String workerId();

    Instant at();

    /** A worker has begun. */
    record Started(String taskId, String retuneId, String model, int attempt, String workerId, Instant at)
            implements WorkerReport {
        public Started {
            check(taskId, retuneId, model, workerId, at);
        }
    }

    /** The data is read and described. */
    record SnapshotTaken(
            String taskId, String retuneId, String model, int attempt, String workerId, Instant at, Snapshot snapshot)
            implements WorkerReport {
        public SnapshotTaken {
            check(taskId, retuneId, model, workerId, at);
            Check.present("snapshot", snapshot);
        }
    }

    /**
     * A trial's value so far.
     *
     * @param trial its number
     * @param step training iterations done
     * @param value the objective on the validation rows
     */
    record Step(
            String taskId,
            String retuneId,
            String model,
            int attempt,
            String workerId,
            Instant at,
            int trial,
            int step,
            double value)
            implements WorkerReport {
        public Step {
            check(taskId, retuneId, model, workerId, at);
        }
    }

    /**
     * A trial has run to its end, or was stopped.
     *
     * @param value its final value: that of the best iteration
     * @param bestIteration training iterations that gave it
     * @param stopped whether a decision stopped it
     * @param cpuMillis processor time it took
     */
    record TrialDone(
            String taskId,
            String retuneId,
            String model,
            int attempt,
            String workerId,
            Instant at,
            int trial,
            double value,
            int bestIteration,
            boolean stopped,
            long cpuMillis)
            implements WorkerReport {
        public TrialDone {
            check(taskId, retuneId, model, workerId, at);
        }
    }

    /**
     * The best few are confirmed on the hold-out.
     *
     * @param winner trial number of the best finalist
     * @param parameters its configuration
     * @param artifact the model that was confirmed
     * @param holdout its comparison with the champion
     */
    record Confirmed(
            String taskId,
            String retuneId,
            String model,
            int attempt,
            String workerId,
            Instant at,
            int winner,
            Map<String, Object> parameters,
            ArtifactRef artifact,
            HoldoutEvidence holdout,
            long cpuMillis)
            implements WorkerReport {
        public Confirmed {
            check(taskId, retuneId, model, workerId, at);
            Check.present("parameters", parameters);
            Check.present("artifact", artifact);
            Check.present("holdout", holdout);
        }
    }

    /**
     * The task cannot be done.
     *
     * @param reason why, in a sentence
     * @param retry whether another attempt may succeed
     */
    record Failed(
            String taskId,
            String retuneId,
            String model,
            int attempt,
            String workerId,
            Instant at,
            String reason,
            boolean retry)
            implements WorkerReport {
        public Failed {
            check(taskId, retuneId, model, workerId, at);
            Check.text("reason", reason);
        }
    }

    private static void check(
            @Nullable String taskId,
            @Nullable String retuneId,
            @Nullable String model,
            @Nullable String workerId,
            @Nullable Instant at) {
        Check.text("taskId", taskId);
        Check.text("retuneId", retuneId);
        Check.name("model", model);
        Check.text("workerId", workerId);
        Check.present("at", at);
    }
}
