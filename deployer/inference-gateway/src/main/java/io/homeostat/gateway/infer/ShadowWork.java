package io.homeostat.gateway.infer;

import io.homeostat.gateway.serving.ServingModel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Computes the side that did not answer, off the answer's path, behind a queue that is bounded in rows. A request is told of
 * as soon as both sides are known, so that none waits for another that hangs. Of models of this process one request is
 * computed at a time, so that shadows take one processor at most; of others many, as they only wait. A request whose turn
 * comes too late is told of without the other
 * side, so that a candidate that is slow or hangs does not hold up the evidence against it.
 */
public final class ShadowWork implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ShadowWork.class);
    private static final int AT_ONCE_REMOTE = 1_000;
    private static final int PATIENCE_SECONDS = 2;

    private final int most;
    private final long patienceNanos;
    private final LongSupplier nanoTime;
    private final Queue<Job> waiting = new ArrayDeque<>();
    private final AtomicInteger pumping = new AtomicInteger();
    private int rows;
    private int running;
    private boolean stopping;

    private record Job(
            ServingModel serving,
            int rows,
            long sinceNanos,
            boolean remote,
            Supplier<CompletableFuture<Void>> compute,
            Runnable late,
            Runnable tell) {}

    /**
     * @param most rows that may wait or be under way
     * @param patience how long a request may wait for its turn
     * @param nanoTime the monotonic clock
     */
    public ShadowWork(int most, Duration patience, LongSupplier nanoTime) {
        this.most = most;
        this.patienceNanos = patience.toNanos();
        this.nanoTime = nanoTime;
    }

    /**
     * Computes later, with the models still leased, and tells after that; false when there is no room for it.
     *
     * @param remote whether computing is only waiting
     * @param compute begins the computation; never fails
     * @param late called in place of it when its turn comes too late
     * @param tell what is to happen then
     */
    boolean later(
            ServingModel serving,
            int size,
            boolean remote,
            Supplier<CompletableFuture<Void>> compute,
            Runnable late,
            Runnable tell) {
        synchronized (this) {
            if (stopping || rows + size > most || !serving.lease()) {
                return false;
            }
            rows += size;
            waiting.add(new Job(serving, size, nanoTime.getAsLong(), remote, compute, late, tell));
        }
        pump();
        return true;
    }

    // a request that cannot be told of must not keep its room for ever
    private static void tell(Job job) {
        try {
            job.tell().run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "A request is not told of: %s", e.getMessage());
        }
    }

    /** Begins what may begin. Of many threads one does it for all, and never within itself: a job may end at once. */
    private void pump() {
        if (pumping.getAndIncrement() != 0) {
            return;
        }
        int asked = 1;
        do {
            for (Job job = next(); job != null; job = next()) {
                begin(job);
            }
            asked = pumping.addAndGet(-asked);
        } while (asked != 0);
    }

    private void begin(Job job) {
        if (nanoTime.getAsLong() - job.sinceNanos() > patienceNanos) {
            job.late().run();
            ended(job);
        } else {
            job.compute().get().whenComplete((nothing, e) -> ended(job));
        }
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
        tell(job);
        synchronized (this) {
            running--;
            rows -= job.rows();
            notifyAll();
        }
        job.serving().release();
        pump();
    }

    /** Takes no more, waits two seconds for what is there, and tells of the rest without the other side. */
    @Override
    public void close() {
        for (Job job : leftAfter(System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS))) {
            job.late().run();
            tell(job);
            job.serving().release();
        }
    }

    private synchronized List<Job> leftAfter(long endNanos) {
        stopping = true;
        try {
            long left = endNanos - System.nanoTime();
            while (rows > 0 && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = endNanos - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        List<Job> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }
}
