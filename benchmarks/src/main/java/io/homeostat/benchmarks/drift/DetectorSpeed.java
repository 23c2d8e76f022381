package io.homeostat.benchmarks.drift;

import io.homeostat.drift.statistics.profile.ReferenceError;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A detector reading errors at a rate of .2, one thread; a fork has one detector, as a service has. */
@State(Scope.Thread)
public class DetectorSpeed {
    private static final int LOSSES = 1 << 20; // too many for a branch predictor to learn by heart
    private static final int BATCH = 1 << 10;

    /** The name of a {@link Contender}. */
    @Param(Contender.DEFAULT)
    public String detector = Contender.DEFAULT;

    private final double[] losses = new double[LOSSES];
    private int position;
    private Contender.AlarmSource reader = (loss, actual) -> false;

    /** Draws the losses. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < LOSSES; i++) {
            losses[i] = random.nextDouble() < 0.2 ? 1 : 0;
        }
        reader = Contender.named(detector).start().apply(ReferenceError.ofRate(0.2, 5_000));
    }

    /** Reads a batch. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int read() {
        int alarms = 0;
        for (int i = position; i < position + BATCH; i++) {
            alarms += reader.alarm(losses[i], i % 2 == 0 ? "0" : "1") ? 1 : 0;
        }
        position = (position + BATCH) % LOSSES;
        return alarms;
    }
}
