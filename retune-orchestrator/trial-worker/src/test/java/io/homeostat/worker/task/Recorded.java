package io.homeostat.worker.task;

import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.worker.History;
import java.util.ArrayList;
import java.util.List;

/** Keeps what a task reports. */
public final class Recorded implements Reports {
    public final List<WorkerReport> reports = new ArrayList<>();
    public final List<ReferenceEvent> references = new ArrayList<>();
    public final List<EstimatorEvent> estimators = new ArrayList<>();
    public final StoppedTasks stopped = new StoppedTasks();
    private String stopAfterStep = "";
    private int stepsLeft;

    /** Stops the task when it has reported so many steps. */
    public Recorded stopping(String taskId, int afterSteps) {
        stopAfterStep = taskId;
        stepsLeft = afterSteps;
        return this;
    }

    public Attempt attempt(WorkerTask task) {
        return attempt(task, 1);
    }

    public Attempt attempt(WorkerTask task, int number) {
        return new Attempt(
                task, number, "w", () -> History.START, new Control(() -> stopped.contains(task.taskId())), this);
    }

    @Override
    public void send(WorkerReport report) {
        reports.add(report);
        if (report instanceof WorkerReport.Step && --stepsLeft == 0) {
            stopped.add(stopAfterStep);
        }
    }

    @Override
    public void publish(ReferenceEvent reference) {
        references.add(reference);
    }

    @Override
    public void publish(EstimatorEvent estimator) {
        estimators.add(estimator);
    }

    public <R extends WorkerReport> R last(Class<R> kind) {
        return kind.cast(reports.get(reports.size() - 1));
    }

    public <R extends WorkerReport> List<R> all(Class<R> kind) {
        return reports.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
