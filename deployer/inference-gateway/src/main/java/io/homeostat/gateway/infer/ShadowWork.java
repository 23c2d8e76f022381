package io.homeostat.gateway.infer;

import io.homeostat.gateway.serving.ServingModel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Computes the side that did not answer, off the answer's path, behind a queue that is bounded in rows. Events leave in
 * the order of the requests. Of models of this process one request is computed at a time, so that shadows take one
 * processor at most; of others several, as they only wait.
 */
public final class ShadowWork implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ShadowWork.class);
    private static final int AT_ONCE_REMOTE = 32;
    private static final int PATIENCE_SECONDS = 2;

    private final int most;
    private final Queue<Job> waiting = new ArrayDeque<>();
    private CompletableFuture<Void> told = CompletableFuture.completedFuture(null);
    private final AtomicInteger pumping = new AtomicInteger();
    private int rows;
    private int running;
    private boolean stopping;

    private record Job(
            ServingModel serving,
            int rows,
            boolean remote,
            Supplier<CompletableFuture<Void>> compute,
            CompletableFuture<Void> done) {}

    /** @param most rows that may wait or be under way */
    public ShadowWork(int most) {
        this.most = most;
    }

    /**
     * Computes later, with the models still leased, and tells after that; false when there is no room for it.
     *
     * @param remote whether computing is only waiting
     * @param compute begins the computation; never fails
     * @param tell what is to happen then, after that of all requests before
     */
    boolean later(
            ServingModel serving, int size, boolean remote, Supplier<CompletableFuture<Void>> compute, Runnable tell) {
        synchronized (this) {
            if (stopping || rows + size > most || !serving.lease()) {
                return false;
            }
            rows += size;
            Job job = new Job(serving, size, remote, compute, new CompletableFuture<>());
            waiting.add(job);
            told = told.thenCombine(job.done(), (before, done) -> said(tell));
        }
        pump();
        return true;
    }

    // a request that is not told of must not keep the later ones from being told of
    private static @Nullable Void said(Runnable tell) {
        try {
            tell.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "A request is not told of: %s", e.getMessage());
        }
        return null;
    }

    /** Begins what may begin. Of many threads one does it for all, and never within itself: a job may end at once. */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int asked = 1;
        do {
            for (Job job = next(); job != null; job = next()) {
                Job begun = job;
                begun.compute().get().whenComplete((nothing, e) -> ended(begun));
            }
            asked = pumping.addAndGet(-asked);
        } while (asked != 0);
    }

    private synchronized @Nullable Job next() {
        Job first = waiting.peek();
        if (first == null || running >= (first.remote() ? AT_ONCE_REMOTE : 1)) {
            return null;
        }
        running++;
        return waiting.poll();
    }

    private void ended(Job job) {
        synchronized (this) {
            running--;
            rows -= job.rows();
        }
        job.serving().release();
        job.done().complete(null);
        pump();
    }

    /** Takes no more, waits two seconds for what is there, and lets the rest be told without the other side. */
    @Override
    public void close() {
        CompletableFuture<Void> last;
        synchronized (this) {
            stopping = true;
            last = told;
        }
        try {
            last.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            giveUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void giveUp() {
        Queue<Job> left;
        synchronized (this) {
            left = new ArrayDeque<>(waiting);
            waiting.clear();
        }
        left.forEach(job -> {
            job.serving().release();
            job.done().complete(null);
        });
    }
}
