package io.homeostat.benchmarks.harness;

/** Something that is measured. */
@FunctionalInterface
public interface Benchmark {
    /**
     * Runs it, printing progress and its tables to standard output.
     *
     * @return its figures, printed as the last line
     */
    Figures run() throws Exception;
}
