package io.homeostat.worker.queue;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.worker.task.Attempt;
import io.homeostat.worker.task.Control;
import io.homeostat.worker.task.StoppedTasks;
import io.homeostat.worker.task.TaskCancelled;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes one task after the other. A task runs in a thread of its own, so that this one can hold it in the queue, and
 * give it back the moment the worker is to end. A task is answered for only when its reports are written.
 */
final class Worker implements Runnable {
    private static final Logger LOG = Logger.getLogger(Worker.class);
    /** Attempts that a task has; one more delivery says that it had them. */
    static final int MOST_DELIVERIES = 3;

    private static final long SLICE_MILLIS = 50;
    private static final long AFTER_ERROR_MILLIS = 1000;

    /**
     * What a worker works with.
     *
     * @param queue makes its hold on the queue
     * @param producer of reports
     * @param settings who it is, and the clock
     * @param runner runs a task
     * @param stopped the tasks stopped by decisions
     * @param gate whether tasks may be taken
     */
    record Tools(
            Supplier<TaskQueue> queue,
            Producer<String, byte[]> producer,
            WorkerSettings settings,
            TaskRunner runner,
            StoppedTasks stopped,
            Gate gate) {}

    private final Tools tools;
    private final String id;
    private final ExecutorService computing;
    private volatile @Nullable CountDownLatch ending;
    private volatile boolean idle = true;

    Worker(Tools tools, int number) {
        this.tools = tools;
        this.id = tools.settings().workerId() + "-" + number;
        this.computing = Executors.newSingleThreadExecutor(work -> {
            Thread thread = new Thread(work, "trial-" + number);
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Ends soon; a task under way is cancelled at once, and given back when the workers at rest have left.
     *
     * @param left opened when they have
     */
    void end(CountDownLatch left) {
        ending = left;
    }

    private boolean isEnding() {
        return ending != null;
    }

    /** Whether no task is under way. */
    boolean isIdle() {
        return idle;
    }

    @Override
    public void run() {
        while (!isEnding()) {
            try (TaskQueue queue = tools.queue().get()) {
                while (!isEnding()) {
                    step(queue);
                }
            } catch (KafkaException | IllegalStateException e) {
                LOG.warnf(e, "Worker %s lost the queue and comes back: %s", id, e.getMessage());
                pause(AFTER_ERROR_MILLIS);
            }
        }
        computing.shutdownNow();
    }

    private void step(TaskQueue queue) {
        Optional<ConsumerRecord<byte[], byte[]>> taken = tools.gate().pass(() -> {
            Optional<ConsumerRecord<byte[], byte[]>> record = queue.take();
            idle = record.isEmpty();
            return record;
        });
        if (taken.isEmpty()) {
            if (!tools.gate().isOpen()) {
                pause(SLICE_MILLIS);
            }
            return;
        }
        try {
            if (isEnding()) {
                queue.release(taken.get());
            } else {
                process(queue, taken.get());
            }
        } finally {
            idle = true;
        }
    }

    private void process(TaskQueue queue, ConsumerRecord<byte[], byte[]> record) {
        KafkaReports reports =
                new KafkaReports(tools.producer(), tools.settings().topics());
        try {
            WorkerTask task = Json.read(record.value() == null ? new byte[0] : record.value(), WorkerTask.class);
            int deliveries = record.deliveryCount().map(Short::intValue).orElse(1);
            Control control = new Control(() -> tools.stopped().contains(task.taskId()));
            Attempt attempt =
                    new Attempt(task, deliveries, id, tools.settings().now(record.timestamp()), control, reports);
            if (deliveries > MOST_DELIVERIES) {
                reports.send(TaskRunner.failed(
                        attempt,
                        "the task was taken " + MOST_DELIVERIES
                                + " times and never ended; it seems to kill its workers."
                                + " Lower retune.snapshotRows or give them more memory.",
                        false));
            } else if (!finished(queue, record, attempt)) {
                queue.release(record);
                return;
            }
        } catch (InvalidValueException unreadable) {
            reports.setAside(text(record.key()), letter(record, unreadable));
        }
        answer(queue, record, reports);
    }

    private static void answer(TaskQueue queue, ConsumerRecord<byte[], byte[]> record, KafkaReports reports) {
        try {
            reports.flush();
        } catch (KafkaException e) {
            LOG.warnf("%s; the task is given back", e.getMessage());
            queue.release(record);
            return;
        }
        if (reports.askForAnotherAttempt()) {
            queue.release(record);
        } else {
            queue.accept(record);
        }
    }

    /** Whether the task ran to its end; otherwise it is to be given back. */
    private boolean finished(TaskQueue queue, ConsumerRecord<byte[], byte[]> record, Attempt attempt) {
        Future<?> work = computing.submit(() -> tools.runner().run(attempt));
        long renewAfterNanos = queue.renewAfter().toNanos();
        long heldSince = System.nanoTime();
        try {
            while (true) {
                if (isDone(work)) {
                    return true;
                }
                CountDownLatch left = ending;
                if (left != null) {
                    attempt.control().cancel();
                    await(left);
                    return false;
                }
                if (System.nanoTime() - heldSince > renewAfterNanos) {
                    queue.renew(record);
                    heldSince = System.nanoTime();
                }
            }
        } catch (KafkaException lost) {
            attempt.control().cancel();
            awaitEnd(work);
            throw lost;
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TaskCancelled)) {
                LOG.errorf(
                        e.getCause(),
                        "Task %s ended without a report",
                        attempt.task().taskId());
            }
            return false;
        }
    }

    private static void await(CountDownLatch left) {
        try {
            left.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isDone(Future<?> work) throws ExecutionException {
        try {
            work.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    // what is cancelled ends at its next iteration; a new task would share its core
    private void awaitEnd(Future<?> work) {
        boolean done = false;
        while (!done && !isEnding()) {
            try {
                done = isDone(work);
            } catch (ExecutionException ended) {
                done = true;
            }
        }
    }

    private DeadLetter letter(ConsumerRecord<byte[], byte[]> record, InvalidValueException problem) {
        Instant at = tools.settings().now(record.timestamp()).get();
        return new DeadLetter(
                record.topic(),
                record.partition(),
                record.offset(),
                DeadLetter.Reason.UNREADABLE,
                String.valueOf(problem.getMessage()),
                text(record.key()),
                text(record.value()),
                at);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
