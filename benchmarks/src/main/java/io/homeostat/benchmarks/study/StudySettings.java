package io.homeostat.benchmarks.study;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What a benchmark of samplers may be told by environment variables.
 *
 * @param seeds {@code STUDY_SEEDS}: studies per task and sampler
 * @param trials {@code STUDY_TRIALS}: per study with several objectives
 * @param threads {@code STUDY_THREADS}: studies at a time
 * @param samplers {@code STUDY_SAMPLERS}: names with commas between them; empty for all
 * @param part {@code STUDY_TASKS}: a part of the tasks' names; {@code development} for those that samplers are developed on
 * @param cache {@code STUDY_CACHE}: a file that keeps results, so that a run that was stopped goes on where it was; to be
 *     deleted where samplers or tasks change. Not given: one under {@code benchmarks/target} that keeps the peers' only
 * @param keepsOurs whether results of our samplers are kept, too
 */
record StudySettings(
        int seeds, int trials, int threads, List<String> samplers, String part, Path cache, boolean keepsOurs) {

    private static final int SEEDS = 20;

    static StudySettings read() {
        return read(SEEDS);
    }

    /** The same, with so many studies per task and sampler where nothing is said. */
    static StudySettings read(int seeds) {
        String samplers = setting("STUDY_SAMPLERS", "");
        return new StudySettings(
                Integer.parseInt(setting("STUDY_SEEDS", String.valueOf(seeds))),
                Integer.parseInt(setting("STUDY_TRIALS", "100")),
                Integer.parseInt(setting("STUDY_THREADS", "2")),
                samplers.isEmpty() ? List.of() : List.of(samplers.split(",")),
                setting("STUDY_TASKS", ""),
                Path.of(setting("STUDY_CACHE", "benchmarks/target/study-cold-peers.csv")),
                !setting("STUDY_CACHE", "").isEmpty());
    }

    private static String setting(String name, String otherwise) {
        String value = System.getenv(name);
        return value == null || value.isBlank() ? otherwise : value;
    }

    /**
     * The samplers that are wanted and can run: Optuna's only where it is installed, which is said.
     *
     * @param all those that run where none are named
     * @param peers Optuna's
     */
    List<String> contenders(List<String> all, Collection<String> peers) {
        String version = OptunaPeer.version();
        System.out.println(version.isEmpty() ? "Optuna is not installed and left out" : "Optuna " + version);
        List<String> contenders = new ArrayList<>(samplers.isEmpty() ? all : samplers);
        if (version.isEmpty()) {
            contenders.removeAll(peers);
        }
        return contenders;
    }

    /** The tasks that are wanted. */
    List<Task> tasks() throws IOException {
        List<Task> all = new ArrayList<>();
        if (part.equals("development")) {
            all.addAll(DevelopmentFunctions.all());
            all.addAll(RecordedTasks.development());
            return all;
        }
        all.addAll(TestFunctions.all());
        all.addAll(RecordedTasks.mlp());
        all.addAll(RecordedTasks.forest());
        all.addAll(RecordedTasks.adaboost());
        all.removeIf(task -> !(task.family() + task.name()).contains(part));
        return all;
    }
}
