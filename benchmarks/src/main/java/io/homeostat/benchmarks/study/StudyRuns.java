package io.homeostat.benchmarks.study;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs studies on tasks and seeds, several at a time, and says how far it is. */
final class StudyRuns implements AutoCloseable {
    private static final int SAYS = 5;

    private final List<Task> tasks;
    private final int seeds;
    private final ExecutorService pool;

    /** A study on a task. */
    @FunctionalInterface
    interface Study {
        /** Its regrets after {@link ColdStudy#TRIALS}. */
        double[] regrets(Task task, long seed) throws IOException;
    }

    StudyRuns(List<Task> tasks, int seeds, int threads) {
        this.tasks = tasks;
        this.seeds = seeds;
        pool = Executors.newFixedThreadPool(threads);
    }

    /** Runs a contender's studies and adds their regrets. */
    void add(Regrets regrets, String contender, Study study) throws Exception {
        long start = System.nanoTime();
        AtomicInteger done = new AtomicInteger();
        Map<Task, List<Future<double[]>>> running = new LinkedHashMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            long fixed = seed;
            for (Task task : tasks) {
                running.computeIfAbsent(task, t -> new ArrayList<>()).add(pool.submit(() -> {
                    double[] found = study.regrets(task, fixed);
                    say(contender, done.incrementAndGet());
                    return found;
                }));
            }
        }
        for (Map.Entry<Task, List<Future<double[]>>> task : running.entrySet()) {
            double[][] bySeed = new double[seeds][];
            for (int seed = 0; seed < seeds; seed++) {
                bySeed[seed] = task.getValue().get(seed).get();
            }
            regrets.put(contender, task.getKey(), bySeed);
        }
        System.out.printf(Locale.ROOT, "%s: %.0f s%n", contender, (System.nanoTime() - start) / 1e9);
    }

    private void say(String contender, int done) {
        int all = tasks.size() * seeds;
        if (done % Math.max(1, all / SAYS) == 0) {
            System.out.println(contender + ": " + done + " of " + all + " studies");
        }
    }

    @Override
    public void close() {
        pool.shutdown();
    }
}
