package io.homeostat.benchmarks.study;

import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Logs;
import io.homeostat.metastore.follow.RecordFollower;
import io.homeostat.metastore.recommend.Memory;
import io.homeostat.metastore.recommend.Question;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * One start of the memory over a full topic: seconds from the start of the JVM until all is read, heap after a collection, then
 * questions, each about another model, half of them new ones. The first {@value #WARM_UP} are not counted, for the compiler.
 */
final class MemoryRestart {
    private static final int WARM_UP = 100;
    private static final int QUESTIONS = 500;
    private static final int N = 10;

    private MemoryRestart() {}

    /** Broker, topic and number of models; prints a line of JSON. */
    public static void main(String[] args) throws Exception {
        Logs.onlyErrors();
        Memory memory = new Memory();
        try (RecordFollower follower = new RecordFollower(args[0], args[1], memory)) {
            follower.start();
            while (!follower.caughtUp()) {
                Thread.sleep(5);
            }
            double ready = sinceStart();
            double heap = heap();
            SyntheticRecords made = new SyntheticRecords(Integer.parseInt(args[2]));
            double first = milliseconds(memory, made.question(-2, N));
            double[] known = asked(memory, made, 0);
            double[] fresh = asked(memory, made, 1);
            double[] all = sorted(known, fresh);
            System.out.println(new Figures()
                    .add("readySeconds", ready)
                    .add("heapMb", heap)
                    .add("read", memory.size())
                    .add("p50Ms", at(all, .5))
                    .add("p99Ms", at(all, .99))
                    .add("p50KnownMs", at(known, .5))
                    .add("p99KnownMs", at(known, .99))
                    .add("p50NewMs", at(fresh, .5))
                    .add("p99NewMs", at(fresh, .99))
                    .add("firstMs", first)
                    .json());
        }
        System.exit(0);
    }

    private static double[] asked(Memory memory, SyntheticRecords made, int parity) {
        double[] times = new double[QUESTIONS];
        for (int i = -WARM_UP; i < QUESTIONS; i++) {
            double time = milliseconds(memory, made.question(2 * (i + WARM_UP) + parity, N));
            if (i >= 0) {
                times[i] = time;
            }
        }
        Arrays.sort(times);
        return times;
    }

    private static double milliseconds(Memory memory, Question question) {
        long start = System.nanoTime();
        int given = memory.answer(question).configurations().size();
        if (given != N) {
            throw new IllegalStateException(question.model() + " was given " + given + " configurations");
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private static double[] sorted(double[] some, double[] others) {
        double[] all = Arrays.copyOf(some, some.length + others.length);
        System.arraycopy(others, 0, all, some.length, others.length);
        Arrays.sort(all);
        return all;
    }

    private static double at(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }

    private static double sinceStart() {
        return (System.currentTimeMillis()
                        - ManagementFactory.getRuntimeMXBean().getStartTime())
                / 1e3;
    }

    private static double heap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
    }
}
