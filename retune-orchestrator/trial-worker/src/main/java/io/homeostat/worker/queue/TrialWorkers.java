package io.homeostat.worker.queue;

import io.homeostat.worker.task.StoppedTasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.Producer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The workers of this process: begin when the topics are there, end at once, and rest when told. */
@Singleton
public class TrialWorkers {
    private static final Logger LOG = Logger.getLogger(TrialWorkers.class);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final long MOST_MILLIS_TO_END = 2000;

    private final WorkerClients clients;
    private final WorkerSettings settings;
    private final TaskRunner runner;
    private final StoppedTasks stopped;
    private final Gate gate = new Gate();
    private final Map<Worker, Thread> workers = new LinkedHashMap<>();
    private @Nullable DecisionListener listener;
    private @Nullable Thread hearing;
    private @Nullable Producer<String, byte[]> producer;

    public TrialWorkers(WorkerClients clients, WorkerSettings settings, TaskRunner runner, StoppedTasks stopped) {
        this.clients = clients;
        this.settings = settings;
        this.runner = runner;
        this.stopped = stopped;
    }

    // the topics are provisioned at priority 100
    void start(@Observes @Priority(200) StartupEvent event) {
        start();
    }

    void stop(@Observes @Priority(50) ShutdownEvent event) {
        stop();
    }

    synchronized void start() {
        if (settings.threads() == 0) {
            return;
        }
        QueueGroup.configure(clients.bootstrapServers(), settings.group(), settings.lock());
        String decisions = settings.topics().trialDecisions().name();
        DecisionListener decided = new DecisionListener(clients.reader(), decisions, stopped);
        listener = decided;
        hearing = begin(decided, "trial-decisions");
        Producer<String, byte[]> reports = clients.reports();
        producer = reports;
        String tasks = settings.topics().trialTasks().name();
        Worker.Tools tools = new Worker.Tools(
                () -> new TaskQueue(clients.tasks(settings.group()), tasks), reports, settings, runner, stopped, gate);
        for (int i = 1; i <= settings.threads(); i++) {
            Worker worker = new Worker(tools, i);
            workers.put(worker, begin(worker, "trial-worker-" + i));
        }
        LOG.infof("%d trial workers take from %s as %s", settings.threads(), tasks, settings.workerId());
    }

    private static Thread begin(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Takes no further task until {@link #resume}; tasks under way run on. When this returns, none can begin. */
    public void pause() {
        gate.close();
    }

    /** Takes tasks again. */
    public void resume() {
        gate.open();
    }

    /** Whether no task is under way here. */
    public synchronized boolean isIdle() {
        return workers.keySet().stream().allMatch(Worker::isIdle);
    }

    /** Whether every thread lives. */
    synchronized boolean isAlive() {
        return (hearing == null || hearing.isAlive())
                && workers.values().stream().allMatch(Thread::isAlive);
    }

    synchronized void stop() {
        long deadline = System.nanoTime() + MOST_MILLIS_TO_END * 1_000_000;
        // a task given back would be handed to one at rest that has not left, and each handing over counts as an
        // attempt
        List<Thread> resting = new ArrayList<>();
        workers.forEach((worker, thread) -> {
            if (worker.isIdle()) {
                resting.add(thread);
            }
        });
        if (listener != null) {
            listener.end();
        }
        CountDownLatch left = new CountDownLatch(1);
        workers.keySet().forEach(worker -> worker.end(left));
        resting.forEach(thread -> join(thread, deadline - MOST_MILLIS_TO_END * 500_000));
        left.countDown();
        workers.values().forEach(thread -> join(thread, deadline));
        workers.clear();
        if (hearing != null) {
            join(hearing, deadline);
            hearing = null;
        }
        if (producer != null) {
            producer.close(CLOSING);
        }
    }

    private static void join(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
