package io.homeostat.benchmarks;

import io.homeostat.benchmarks.drift.CbpeAccuracy;
import io.homeostat.benchmarks.drift.DriftDelay;
import io.homeostat.benchmarks.drift.DriftJmh;
import io.homeostat.benchmarks.drift.DriftStreams;
import io.homeostat.benchmarks.drift.JointCost;
import io.homeostat.benchmarks.drift.ManyFeatures;
import io.homeostat.benchmarks.drift.SeasonBenchmark;
import io.homeostat.benchmarks.drift.throughput.DriftThroughput;
import io.homeostat.benchmarks.gateway.GatewayBenchmark;
import io.homeostat.benchmarks.gateway.RollbackBenchmark;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Logs;
import io.homeostat.benchmarks.loop.WarmLoop;
import io.homeostat.benchmarks.rollout.RolloutErrors;
import io.homeostat.benchmarks.rollout.RolloutPower;
import io.homeostat.benchmarks.study.MemoryBenchmark;
import io.homeostat.benchmarks.study.MetaFeatureSpeed;
import io.homeostat.benchmarks.study.StudyCold;
import io.homeostat.benchmarks.study.StudyParallel;
import io.homeostat.benchmarks.study.StudyPareto;
import io.homeostat.benchmarks.study.StudyPruning;
import io.homeostat.benchmarks.study.StudySpeed;
import io.homeostat.benchmarks.study.WarmAcross;
import io.homeostat.benchmarks.study.WarmAnswer;
import io.homeostat.benchmarks.study.WarmBound;
import io.homeostat.benchmarks.study.WarmGrowing;
import io.homeostat.benchmarks.study.WarmMisled;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Runs a benchmark by name. */
public final class Main {
    /** All benchmarks, by the name that {@code benchmarks/run} takes. */
    private static final Map<String, Supplier<Benchmark>> ALL = new TreeMap<>(Map.ofEntries(
            Map.entry("drift-cbpe", CbpeAccuracy::new),
            Map.entry("drift-delay", DriftDelay::new),
            Map.entry("drift-jmh", DriftJmh::new),
            Map.entry("drift-joint", JointCost::new),
            Map.entry("drift-many-features", ManyFeatures::new),
            Map.entry("drift-season", SeasonBenchmark::new),
            Map.entry("drift-streams", DriftStreams::new),
            Map.entry("drift-throughput", DriftThroughput::new),
            Map.entry("gateway", GatewayBenchmark::new),
            Map.entry("memory", MemoryBenchmark::new),
            Map.entry("meta-features", MetaFeatureSpeed::new),
            Map.entry("rollout-rollback", RollbackBenchmark::new),
            Map.entry("rollout-errors", RolloutErrors::new),
            Map.entry("rollout-power", RolloutPower::new),
            Map.entry("study-cold", StudyCold::new),
            Map.entry("study-parallel", StudyParallel::new),
            Map.entry("study-pareto", StudyPareto::new),
            Map.entry("study-pruning", StudyPruning::new),
            Map.entry("study-speed", StudySpeed::new),
            Map.entry("warm-across", WarmAcross::new),
            Map.entry("warm-answer", WarmAnswer::new),
            Map.entry("warm-bound", WarmBound::new),
            Map.entry("warm-growing", WarmGrowing::new),
            Map.entry("warm-loop", WarmLoop::new),
            Map.entry("warm-misled", WarmMisled::new)));

    private Main() {}

    /** The name of a benchmark. */
    public static void main(String[] args) throws Exception {
        Supplier<Benchmark> benchmark = args.length == 1 ? ALL.get(args[0]) : null;
        if (benchmark == null) {
            System.err.println("benchmarks/run NAME, where NAME is one of: " + String.join(", ", ALL.keySet()));
            System.exit(2);
            return;
        }
        Logs.onlyErrors();
        Figures figures = benchmark.get().run();
        System.out.println();
        System.out.println(figures.json());
        System.exit(0);
    }
}
