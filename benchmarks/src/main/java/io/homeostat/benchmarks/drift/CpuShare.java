package io.homeostat.benchmarks.drift;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** The part of a core that an iteration was given: on a shared machine a thread does not have one to itself. */
public final class CpuShare implements InternalProfiler {
    static final String NAME = "cpuShare";

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private long wallNanos;
    private long cpuNanos;

    @Override
    public String getDescription() {
        return "CPU time of the process per wall time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        wallNanos = System.nanoTime();
        cpuNanos = SYSTEM.getProcessCpuTime();
    }

    @Override
    @SuppressWarnings("rawtypes") // as the interface has it
    public Collection<? extends Result> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double share = (double) (SYSTEM.getProcessCpuTime() - cpuNanos) / (System.nanoTime() - wallNanos);
        return List.of(new ScalarResult(NAME, share, "cores", AggregationPolicy.AVG));
    }
}
