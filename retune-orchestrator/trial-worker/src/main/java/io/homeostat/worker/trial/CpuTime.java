package io.homeostat.worker.trial;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of the current thread since this was made; LightGBM runs in it. */
public final class CpuTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long begun = nanos();

    /** Processor time so far; 0 where the system does not tell. */
    public long millis() {
        return Math.max(0, (nanos() - begun) / 1_000_000);
    }

    private static long nanos() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : 0;
    }
}
