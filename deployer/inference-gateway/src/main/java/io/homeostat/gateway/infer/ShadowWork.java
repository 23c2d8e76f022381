package io.homeostat.gateway.infer;

import io.homeostat.gateway.serving.ServingModel;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Computes the side that did not answer, off the answer's path: one thread, so that events leave in the order of the
 * requests, behind a queue that is bounded in rows.
 */
public final class ShadowWork implements AutoCloseable {
    private final ThreadPoolExecutor executor =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), ShadowWork::named);
    private final Semaphore rows;

    /** @param rows that may wait */
    public ShadowWork(int rows) {
        this.rows = new Semaphore(rows);
    }

    /** Runs the work later, with the models still leased; false when there is no room for it. */
    boolean later(ServingModel serving, int size, Runnable work) {
        if (!rows.tryAcquire(size)) {
            return false;
        }
        if (!serving.lease()) {
            rows.release(size);
            return false;
        }
        try {
            executor.execute(() -> {
                try {
                    work.run();
                } finally {
                    rows.release(size);
                    serving.release();
                }
            });
            return true;
        } catch (RejectedExecutionException stopping) {
            rows.release(size);
            serving.release();
            return false;
        }
    }

    /** Takes no more, and waits a second for what is under way. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(1, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Thread named(Runnable work) {
        Thread thread = new Thread(work, "gateway-shadow");
        thread.setDaemon(true);
        return thread;
    }
}
