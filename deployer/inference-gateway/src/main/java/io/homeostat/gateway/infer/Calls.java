package io.homeostat.gateway.infer;

import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Asks a version that is not trusted yet: on a thread of its own and for a limited time. What it did not answer comes
 * back as a failed answer: 500 it threw, 503 it is not loaded or no thread is free, 504 it was too slow.
 */
public final class GuardedCalls implements AutoCloseable {
    private final ThreadPoolExecutor executor;
    private final Duration timeout;

    /**
     * @param timeout of one request's rows together; default 1 s
     * @param threads at most; a version that hangs for ever keeps its threads
     */
    public GuardedCalls(Duration timeout, int threads) {
        this.timeout = timeout;
        this.executor =
                new ThreadPoolExecutor(0, threads, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), GuardedCalls::named);
    }

    /** One answer per row, in order; never throws. */
    List<Answer> ask(ServingModel serving, Version version, List<Row> rows) {
        if (version.scorer().isEmpty()) {
            return failed(version, rows.size(), Version.UNAVAILABLE);
        }
        if (!version.breaker().allows(System.nanoTime())) {
            return failed(version, rows.size(), Version.TIMED_OUT);
        }
        // the call may outlive the request, so it has its own lease
        if (!serving.lease()) {
            return failed(version, rows.size(), Version.UNAVAILABLE);
        }
        Call call = new Call(version, rows, serving);
        Future<?> running;
        try {
            running = executor.submit(call);
        } catch (RejectedExecutionException e) {
            serving.release();
            return failed(version, rows.size(), Version.UNAVAILABLE);
        }
        return outcome(running, call, version);
    }

    private List<Answer> outcome(Future<?> running, Call call, Version version) {
        try {
            running.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            version.breaker().answered();
            return call.answers(Version.FAILED, timeout);
        } catch (TimeoutException e) {
            version.breaker().timedOut(System.nanoTime());
            // read before it is interrupted: what it says of the interruption is not its answer
            List<Answer> answers = call.answers(Version.TIMED_OUT, timeout);
            call.abandoned = true;
            running.cancel(true);
            return answers;
        } catch (ExecutionException e) {
            return call.answers(Version.FAILED, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return call.answers(Version.UNAVAILABLE, timeout);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private static List<Answer> failed(Version version, int rows, int status) {
        List<Answer> answers = new ArrayList<>(rows);
        for (int i = 0; i < rows; i++) {
            answers.add(version.failure(status, null));
        }
        return answers;
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "gateway-challenger");
        thread.setDaemon(true);
        return thread;
    }

    private static final class Call implements Runnable {
        private final Version version;
        private final List<Row> rows;
        private final ServingModel serving;
        private final AtomicReferenceArray<@Nullable Answer> answers;
        private volatile boolean abandoned;

        private Call(Version version, List<Row> rows, ServingModel serving) {
            this.version = version;
            this.rows = rows;
            this.serving = serving;
            this.answers = new AtomicReferenceArray<>(rows.size());
        }

        @Override
        public void run() {
            try {
                for (int i = 0; i < rows.size() && !abandoned; i++) {
                    answers.set(i, one(rows.get(i)));
                }
            } finally {
                serving.release();
            }
        }

        private Answer one(Row row) {
            long start = System.nanoTime();
            try {
                return version.answer(row.features);
            } catch (RuntimeException | LinkageError e) {
                return version.failure(Version.FAILED, Math.round((System.nanoTime() - start) / 1e3) / 1e3);
            }
        }

        private List<Answer> answers(int statusOfMissing, Duration waited) {
            List<Answer> all = new ArrayList<>(rows.size());
            for (int i = 0; i < rows.size(); i++) {
                Answer answer = answers.get(i);
                all.add(answer != null ? answer : version.failure(statusOfMissing, waited.toNanos() / 1e6));
            }
            return all;
        }
    }
}
