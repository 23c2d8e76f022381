package io.homeostat.benchmarks.loop;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.retune.lifecycle.Outcome;
import io.homeostat.retune.lifecycle.Output;
import io.homeostat.retune.lifecycle.RetuneProcess;
import io.homeostat.retune.lifecycle.Settings;
import io.homeostat.worker.queue.TaskRunner;
import io.homeostat.worker.task.Attempt;
import io.homeostat.worker.task.Control;
import io.homeostat.worker.task.Reports;
import io.homeostat.worker.task.StoppedTasks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model in the loop without Kafka: the orchestrator's process says what is to be done, a worker does it, one task after the
 * other in the order in which they were given away, what a study teaches is remembered, and a candidate serves at once.
 */
final class LoopModel implements Reports {
    private final RetuneProcess process = new RetuneProcess(new Settings(Duration.ofMinutes(5), true));
    private final ModelSpec spec;
    private final TaskRunner worker;
    private final Deque<WorkerTask> tasks = new ArrayDeque<>();
    private final StoppedTasks stopped = new StoppedTasks();
    private final List<MetaRecord> records = new ArrayList<>();
    private RecordIndex memory = RecordIndex.of(List.of());
    private ModelState state;
    private Route.@Nullable Target champion;
    private @Nullable StudyEvent study;
    private WorkerTask.@Nullable RunTrial trial;
    private Instant now = Instant.EPOCH;

    LoopModel(ModelSpec spec, TaskRunner worker) {
        this.spec = spec;
        this.worker = worker;
        state = ModelState.of(spec.model());
    }

    /**
     * A search as it ended.
     *
     * @param study its trials
     * @param trial one of them as work, which names the data
     */
    record Search(StudyEvent study, WorkerTask.RunTrial trial) {}

    /** A re-tune from the wish to its end; its study. Errors: {@link IllegalStateException} where there is none. */
    Search tune(RetuneEvent wish) {
        now = wish.at();
        study = null;
        hear(process.wish(state, wish, spec));
        for (WorkerTask next = tasks.poll(); next != null; next = tasks.poll()) {
            WorkerTask task = next;
            worker.run(new Attempt(
                    task, 1, "worker", () -> now, new Control(() -> stopped.contains(task.taskId())), this));
        }
        if (study == null || study.endedAt() == null || trial == null) {
            throw new IllegalStateException("the re-tune " + wish.id() + " ended without a study: " + state.past());
        }
        return new Search(study, trial);
    }

    /** Who serves. Errors: {@link IllegalStateException} where nobody does. */
    Route.Target champion() {
        if (champion == null) {
            throw new IllegalStateException("nobody serves " + spec.model() + ": " + state.past());
        }
        return champion;
    }

    /** Someone serves from now on. */
    void serve(Route.Target target) {
        champion = target;
        Route route = new Route(
                spec.model(), state.revision() + 1, now, target, null, 0, false, null, null, null, "it serves");
        hear(process.routed(state, route));
    }

    private void hear(Outcome outcome) {
        state = outcome.state();
        outcome.said().stream().map(Output::event).forEach(this::hear);
    }

    private void hear(Object event) {
        if (event instanceof WorkerTask task) {
            tasks.add(task);
            trial = task instanceof WorkerTask.RunTrial run ? run : trial;
        } else if (event instanceof TrialDecision decision) {
            stopped.add(decision.taskId());
        } else if (event instanceof StudyEvent told) {
            study = told;
            remember(told);
        } else if (event instanceof CandidateEvent candidate) {
            serve(new Route.Target(candidate.version(), candidate.artifact()));
        }
    }

    private void remember(StudyEvent told) {
        if (told.endedAt() != null && FinishedStudy.lesson(told) instanceof Lesson.Learned learned) {
            records.add(learned.record());
            memory = RecordIndex.of(records);
        }
    }

    @Override
    public void send(WorkerReport report) {
        hear(process.report(state, report, memory));
    }

    @Override
    public void publish(ReferenceEvent reference) {
        // the detector's; none listens here
    }

    @Override
    public void publish(EstimatorEvent estimator) {
        // the detector's; none listens here
    }
}
