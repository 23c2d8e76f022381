package io.homeostat.worker.task;

import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.WorkerReport;

/** Where a task's reports go, in their order. */
public interface Reports {
    /** Says how the task goes. */
    void send(WorkerReport report);

    /** Publishes the reference profile of a version. */
    void publish(ReferenceEvent reference);

    /** Publishes what tells a version's performance before its labels are known. */
    void publish(EstimatorEvent estimator);
}
