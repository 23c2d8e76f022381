package io.homeostat.benchmarks.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Which processors a process may use, by {@code taskset}. What is measured has the first one, everything else the others. */
final class Cores {
    private static final int COUNT = Runtime.getRuntime().availableProcessors();
    private static final String MEASURED = "0";
    private static final String OTHERS = COUNT > 1 ? "1-" + (COUNT - 1) : "0";

    private Cores() {}

    /** Keeps this process, all its threads, off the first processor. */
    static void leaveTheFirst() throws IOException, InterruptedException {
        if (!isOnPath("taskset")) {
            throw new IllegalStateException("taskset is not on the PATH; it is in Debian's package util-linux");
        }
        new ProcessBuilder(
                        "taskset",
                        "-a",
                        "-cp",
                        OTHERS,
                        Long.toString(ProcessHandle.current().pid()))
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** The command on the first processor alone. */
    static List<String> first(List<String> command) {
        return on(MEASURED, command);
    }

    /** The command on the others. */
    static List<String> others(List<String> command) {
        return on(OTHERS, command);
    }

    private static List<String> on(String cores, List<String> command) {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", cores));
        pinned.addAll(command);
        return pinned;
    }

    /** Whether a program can be started by its name. */
    static boolean isOnPath(String program) {
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(":")) {
            if (Files.isExecutable(Path.of(folder, program))) {
                return true;
            }
        }
        return false;
    }
}
