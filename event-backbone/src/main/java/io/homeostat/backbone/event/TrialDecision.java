package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;

/**
 * The word down to a worker: stop this task. No word means go on.
 *
 * @param model the model
 * @param retuneId the re-tune
 * @param taskId the task to stop
 * @param reason why
 */
public record TrialDecision(String model, String retuneId, String taskId, String reason) {
    public TrialDecision {
        Check.name("model", model);
        Check.text("retuneId", retuneId);
        Check.text("taskId", taskId);
        Check.text("reason", reason);
    }
}
