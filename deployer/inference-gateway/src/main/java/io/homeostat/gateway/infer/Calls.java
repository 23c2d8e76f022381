package io.homeostat.gateway.infer;

import io.homeostat.gateway.serving.Cause;
import io.homeostat.gateway.serving.Said;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ScoringException;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks versions, each call for a limited time, models of this process on threads of their own. What was not answered comes
 * back as a failure with its {@link Cause}; nothing is thrown.
 *
 * <p>There is one for champions and one for challengers and shadows, so that a challenger that hangs takes no thread from
 * the champion. The challengers' spares those who keep failing (see {@link io.homeostat.gateway.serving.Breaker}), and
 * waits no longer for one that has been taken back meanwhile.
 */
public final class Calls implements AutoCloseable {
    private final ThreadPoolExecutor threads;
    private final Duration timeout;
    private final boolean sparing;
    private final Deadlines deadlines;

    private Calls(ThreadPoolExecutor threads, Duration timeout, boolean sparing) {
        this.threads = threads;
        this.timeout = timeout;
        this.sparing = sparing;
        this.deadlines = new Deadlines(timeout, System::nanoTime);
        deadlines.start();
    }

    /**
     * For champions: always asked.
     *
     * @param timeout of one request's rows together
     * @param threads of models of this process
     * @param waiting calls that may wait for a thread
     */
    public static Calls ofChampions(Duration timeout, int threads, int waiting) {
        return new Calls(
                new ThreadPoolExecutor(
                        threads,
                        threads,
                        0,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(waiting),
                        work -> named(work, "gateway-champion")),
                timeout,
                false);
    }

    /**
     * For challengers and shadows: not asked while their breaker is open or they say that they are not ready.
     *
     * @param timeout of one request's rows together
     * @param threads at most; a model of this process that hangs for ever keeps its threads
     */
    public static Calls ofChallengers(Duration timeout, int threads) {
        return new Calls(
                new ThreadPoolExecutor(
                        0,
                        threads,
                        30,
                        TimeUnit.SECONDS,
                        new SynchronousQueue<>(),
                        work -> named(work, "gateway-challenger")),
                timeout,
                true);
    }

    /** One saying per row, in order; never fails. */
    CompletableFuture<List<Said>> ask(ServingModel serving, Version version, List<Row> rows) {
        Scorer scorer = version.scorer().orElse(null);
        if (scorer == null) {
            return failed(rows, Cause.DEAD, "it is not loaded");
        }
        if (sparing && !version.breaker().allows(System.nanoTime())) {
            return failed(rows, Cause.TIMEOUT, "it timed out three times in a row and is not asked for a while");
        }
        if (sparing && !scorer.ready()) {
            return failed(rows, Cause.DEAD, "it says that it is not ready");
        }
        // the call may outlive the request, so it has its own lease
        if (!serving.lease()) {
            return failed(rows, Cause.DEAD, "its route has ended");
        }
        return begun(serving, scorer, version, rows).whenComplete((said, e) -> serving.release());
    }

    private CompletableFuture<List<Said>> begun(ServingModel serving, Scorer scorer, Version version, List<Row> rows) {
        long start = System.nanoTime();
        List<Map<String, Object>> features = new ArrayList<>(rows.size());
        rows.forEach(row -> features.add(row.features));
        CompletableFuture<List<Said>> call;
        try {
            call = scorer.score(features, (Executor) threads);
        } catch (RejectedExecutionException e) {
            return failed(rows, Cause.DEAD, "no thread is free for it");
        } catch (RuntimeException | LinkageError e) {
            return failed(rows, Cause.ERROR, String.valueOf(e.getMessage()));
        }
        // a copy, so that what is given up can be told from what failed
        CompletableFuture<List<Said>> inTime = call.copy();
        deadlines.watch(inTime, () -> sparing && serving.withdrawn(version));
        return inTime.handle((said, e) -> outcome(said, e, call, version, rows, start));
    }

    private List<Said> outcome(
            List<Said> said, Throwable e, CompletableFuture<?> call, Version version, List<Row> rows, long start) {
        double millis = (System.nanoTime() - start) / 1e6;
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        if (cause instanceof TimeoutException) {
            version.breaker().timedOut(System.nanoTime());
            call.cancel(true);
            return failures(rows, Cause.TIMEOUT, "it did not answer within " + timeout.toMillis() + " ms", millis);
        }
        if (cause instanceof CancellationException) {
            call.cancel(true);
            return failures(rows, Cause.WITHDRAWN, "it has been taken back meanwhile", millis);
        }
        version.breaker().answered();
        if (cause instanceof ScoringException failed) {
            return failures(rows, failed.why(), String.valueOf(failed.getMessage()), millis);
        }
        if (cause != null) {
            return failures(rows, Cause.ERROR, String.valueOf(cause.getMessage()), millis);
        }
        return said.size() == rows.size()
                ? said.stream().map(Calls::finite).toList()
                : failures(rows, Cause.RUBBISH, said.size() + " answers to " + rows.size() + " rows", millis);
    }

    private static Said finite(Said said) {
        return said instanceof Said.Score score && !Double.isFinite(score.score())
                ? new Said.Failure(Cause.RUBBISH, "its score is " + score.score() + ", no number", score.millis())
                : said;
    }

    private static CompletableFuture<List<Said>> failed(List<Row> rows, Cause cause, String message) {
        return CompletableFuture.completedFuture(failures(rows, cause, message, 0));
    }

    private static List<Said> failures(List<Row> rows, Cause cause, String message, double millis) {
        List<Said> all = new ArrayList<>(rows.size());
        for (int i = 0; i < rows.size(); i++) {
            all.add(new Said.Failure(cause, message, millis));
        }
        return all;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        deadlines.close();
    }

    private static Thread named(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }
}
