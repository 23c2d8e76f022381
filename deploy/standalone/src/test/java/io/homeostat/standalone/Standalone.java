package io.homeostat.standalone;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The packaged standalone as a child process, as {@code ./homeostat} starts it. */
final class Standalone implements AutoCloseable {
    private final java.lang.Process process;
    private final Path log;

    private Standalone(java.lang.Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    static Standalone start(Path work, String... words) {
        try {
            Path own = Files.createDirectories(work.resolve("tmp-" + System.nanoTime()));
            Path log = work.resolve("log-" + System.nanoTime() + ".txt");
            List<String> command = new ArrayList<>(List.of(
                    ProcessHandle.current().info().command().orElse("java"),
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx900m",
                    "-Djava.io.tmpdir=" + own,
                    "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                    "-jar",
                    Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
            command.addAll(List.of(words));
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(new File("/dev/null"));
            builder.environment().put("OMP_WAIT_POLICY", "PASSIVE");
            return new Standalone(builder.start(), log);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** SIGKILL: no chance to tidy up. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    int exitCode(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + seconds + " s; it said:\n" + said());
        }
        return process.exitValue();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String said() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return "nothing that can be read: " + e.getMessage();
        }
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
