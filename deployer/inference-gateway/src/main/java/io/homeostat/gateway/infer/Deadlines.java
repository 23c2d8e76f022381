package io.homeostat.gateway.infer;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Ends calls that take too long or that nobody wants any more. One thread looks every few milliseconds, so that a call costs
 * an entry in a queue, where a timer of its own would wake a thread for each; a call may end a twentieth of its time late, 50
 * milliseconds at most and one at least.
 */
final class Deadlines implements AutoCloseable {
    private static final long LONGEST_PAUSE_NANOS = 50_000_000;
    private static final long SHORTEST_PAUSE_NANOS = 1_000_000;

    private final long timeoutNanos;
    private final LongSupplier nanoTime;
    private final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
    private final Thread thread = new Thread(this::run, "gateway-deadlines");
    private volatile boolean running = true;

    private record Pending(CompletableFuture<?> call, BooleanSupplier unwanted, long sinceNanos) {}

    Deadlines(Duration timeout, LongSupplier nanoTime) {
        this.timeoutNanos = timeout.toNanos();
        this.nanoTime = nanoTime;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Fails the call with {@link TimeoutException} unless it has ended in time, and cancels it when it is unwanted. */
    void watch(CompletableFuture<?> call, BooleanSupplier unwanted) {
        if (!call.isDone()) {
            pending.add(new Pending(call, unwanted, nanoTime.getAsLong()));
        }
    }

    /** How many calls are looked at. */
    int watched() {
        return pending.size();
    }

    private void run() {
        long pause = Math.max(SHORTEST_PAUSE_NANOS, Math.min(LONGEST_PAUSE_NANOS, timeoutNanos / 20));
        while (running) {
            look();
            LockSupport.parkNanos(pause);
        }
    }

    /** Ends what is late, and forgets what has ended. */
    void look() {
        long now = nanoTime.getAsLong();
        pending.removeIf(one -> {
            if (now - one.sinceNanos() >= timeoutNanos) {
                one.call().completeExceptionally(new TimeoutException());
            } else if (!one.call().isDone() && one.unwanted().getAsBoolean()) {
                one.call().cancel(false);
            }
            return one.call().isDone();
        });
    }

    @Override
    public void close() {
        running = false;
        LockSupport.unpark(thread);
    }
}
