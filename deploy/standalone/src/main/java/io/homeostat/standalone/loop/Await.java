package io.homeostat.standalone.loop;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what gives no signal to wait on. */
public final class Await {
    private static final long LOOK_AGAIN_NANOS = 2_000_000;

    private Await() {}

    /**
     * Waits for a condition. Errors: {@link IllegalStateException} naming what did not come.
     *
     * @param patience the longest wait
     * @param what what is waited for
     * @param insteadOf what is there instead
     */
    public static void until(Duration patience, String what, BooleanSupplier condition, Supplier<String> insteadOf) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(
                        "waited " + Say.time(patience) + " in vain for " + what + "; " + insteadOf.get());
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
