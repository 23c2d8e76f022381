package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import java.util.List;

/**
 * Search with a past that misleads: as {@link WarmAcross}, but all values of the past tasks have the wrong sign. {@code auto}
 * beside a cold study. Settings: {@link StudySettings}.
 */
public final class WarmMisled implements Benchmark {
    private final StudySettings settings = StudySettings.read();

    @Override
    public Figures run() throws Exception {
        WarmCurves curves = new WarmCurves(WarmFlows.read(true), settings);
        List<String> names = settings.samplers().isEmpty() ? List.of("auto", "none", "previous") : settings.samplers();
        for (String name : names) {
            curves.add(name);
        }
        Figures figures = new Figures();
        for (String flow : List.of("forest", "adaboost", "")) {
            System.out.println(curves.table(flow.isEmpty() ? "mean of both, misled" : flow, flow));
        }
        if (names.containsAll(List.of("auto", "none"))) {
            double warm = curves.mean("auto", "", WarmCurves.TRIALS);
            double cold = curves.mean("none", "", WarmCurves.TRIALS);
            double[] ratios = ratios(curves);
            System.out.println("warm / cold after 50: " + new Sample(ratios).meanText());
            figures.add("warm_50", warm).add("cold_50", cold).add("ratio_50", warm / cold);
        }
        return figures;
    }

    private static double[] ratios(WarmCurves curves) {
        double[] warm = curves.after("auto", "", WarmCurves.TRIALS);
        double[] cold = curves.after("none", "", WarmCurves.TRIALS);
        double[] ratios = new double[warm.length];
        for (int seed = 0; seed < ratios.length; seed++) {
            ratios[seed] = warm[seed] / cold[seed];
        }
        return ratios;
    }
}
