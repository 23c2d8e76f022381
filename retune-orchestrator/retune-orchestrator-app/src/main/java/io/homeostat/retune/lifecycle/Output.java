package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerTask;
import java.time.Instant;
import java.util.Map;

/**
 * Something said by a re-tune.
 *
 * @param key its key on its topic
 * @param event one of the backbone's events; its type says the topic
 */
public record Output(String key, Object event) {
    static Output of(RetuneStatus status) {
        return new Output(status.model(), status);
    }

    static Output of(WorkerTask task) {
        return new Output(task.spec().model(), task);
    }

    static Output of(CandidateEvent candidate) {
        return new Output(candidate.model(), candidate);
    }

    static Output of(StudyEvent study) {
        return new Output(study.model() + "/" + study.studyId(), study);
    }

    static Output of(Order order, StudyEvent.TrialSummary trial) {
        return new Output(order.model() + "/" + order.retuneId() + "/" + trial.number(), trial);
    }

    static Output stop(String model, String retuneId, String taskId, String reason) {
        return new Output(model, new TrialDecision(model, retuneId, taskId, reason));
    }

    /** A decision of the re-tune, for the ledger. */
    static Output ledger(Order order, Instant at, String action, String reason, Map<String, Object> inputs) {
        return ledger(order.model(), order.retuneId(), LedgerEntry.Process.RETUNE, at, action, reason, inputs);
    }

    /** A decision of the study, for the ledger. */
    static Output studyLedger(Order order, Instant at, String action, String reason, Map<String, Object> inputs) {
        return ledger(order.model(), order.retuneId(), LedgerEntry.Process.STUDY, at, action, reason, inputs);
    }

    static Output ledger(
            String model,
            String subject,
            LedgerEntry.Process process,
            Instant at,
            String action,
            String reason,
            Map<String, Object> inputs) {
        return new Output(model, new LedgerEntry(model, at, process, subject, action, reason, inputs));
    }
}
