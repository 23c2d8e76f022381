package io.homeostat.benchmarks.gateway;

import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.rollout.routing.Arm;
import io.homeostat.rollout.routing.ArmChoice;
import io.homeostat.rollout.routing.Murmur3;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Locale;

/** Which unit goes to which arm: what choosing costs, that a ramp takes nobody back, that rollouts are independent. */
final class Buckets {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int UNITS = 200_000;
    private static final int REPETITIONS = 9;
    private static final int PAIRS = 20;

    private final String[] units = new String[UNITS];

    Buckets() {
        for (int i = 0; i < UNITS; i++) {
            units[i] = "user-" + (i * 7_919L % 1_000_003);
        }
    }

    void measure(Figures figures) {
        if (Murmur3.hash32("hello", 0) != 0x248bfa47) {
            throw new IllegalStateException("murmur3_32(\"hello\", 0) is " + Murmur3.hash32("hello", 0));
        }
        Sample nanos = nanosPerChoice();
        long back = movedBack();
        double overlap = overlap();
        Table table = new Table("choice of the arm", "");
        table.row("ns of CPU per choice", nanos.medianText());
        table.row("units moved back by a ramp from 1 to 50 %, of " + UNITS, back);
        table.row(
                "in both of two rollouts' 5 %, mean of " + PAIRS + " pairs",
                String.format(Locale.ROOT, "%.5f", overlap));
        table.row("murmur3_32(\"hello\", 0)", Integer.toHexString(Murmur3.hash32("hello", 0)));
        System.out.println(table);
        figures.add("armNanos", nanos.median()).add("overlap5", overlap).add("movedBack", back);
    }

    private Sample nanosPerChoice() {
        double[] nanos = new double[REPETITIONS];
        ArmChoice choice = new ArmChoice("loans-2026-11-26-v17", 5);
        long candidates = 0;
        for (int r = -3; r < REPETITIONS; r++) { // the first three warm up
            long start = THREADS.getCurrentThreadCpuTime();
            for (int pass = 0; pass < 10; pass++) {
                for (String unit : units) {
                    candidates += choice.armOf(unit) == Arm.CANDIDATE ? 1 : 0;
                }
            }
            if (r >= 0) {
                nanos[r] = (THREADS.getCurrentThreadCpuTime() - start) / (10.0 * UNITS);
            }
        }
        if (candidates == 0) {
            throw new IllegalStateException("no unit was chosen");
        }
        return new Sample(nanos);
    }

    private long movedBack() {
        long back = 0;
        for (String unit : units) {
            boolean chosen = false;
            for (int percent = 1; percent <= 50; percent++) {
                boolean now = new ArmChoice("ramp", percent).armOf(unit) == Arm.CANDIDATE;
                back += chosen && !now ? 1 : 0;
                chosen |= now;
            }
        }
        return back;
    }

    private double overlap() {
        long both = 0;
        for (int pair = 0; pair < PAIRS; pair++) {
            ArmChoice one = new ArmChoice("rollout-" + pair, 5);
            ArmChoice other = new ArmChoice("another-" + pair, 5);
            for (String unit : units) {
                both += one.armOf(unit) == Arm.CANDIDATE && other.armOf(unit) == Arm.CANDIDATE ? 1 : 0;
            }
        }
        return both / ((double) PAIRS * UNITS);
    }
}
