package io.homeostat.gateway.serving;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Spares callers a wait that has been in vain: after three timeouts in a row a version is not asked for ten seconds,
 * then one more timeout closes it again.
 *
 * <p>Example: timeouts at 0, 1 and 2 s; calls until 12 s are told at once; a call at 12 s is tried.
 */
public final class Breaker {
    private static final int TIMEOUTS = 3;
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final AtomicInteger inARow = new AtomicInteger();
    private final AtomicLong openedNanos = new AtomicLong();

    /** Whether the version may be asked at this reading of the monotonic clock. */
    public boolean allows(long nowNanos) {
        return inARow.get() < TIMEOUTS || nowNanos - openedNanos.get() >= PAUSE_NANOS;
    }

    /** It answered in time. */
    public void answered() {
        if (inARow.get() != 0) {
            inARow.set(0);
        }
    }

    /** It did not. */
    public void timedOut(long nowNanos) {
        openedNanos.set(nowNanos);
        inARow.incrementAndGet();
    }
}
