package io.homeostat.benchmarks.gateway;

import io.homeostat.benchmarks.harness.Logs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A service of Homeostat as it is shipped, in a process of its own. */
final class ServiceProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts a service and waits until it says that it is ready.
     *
     * @param module its folder, like {@code deployer/inference-gateway}
     * @param pinned its command on the processors that it may use
     * @param settings its configuration
     * @param readiness the path that answers 200 when it is ready
     * @param directory for its log and temporary files
     */
    static ServiceProcess start(
            String module,
            UnaryOperator<List<String>> pinned,
            Map<String, String> settings,
            String readiness,
            Path directory)
            throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("homeostat.root", "."), module, "target/quarkus-app/quarkus-run.jar");
        if (!Files.isReadable(jar)) {
            throw new IllegalStateException(jar + " is not built; benchmarks/run builds it");
        }
        String name = Path.of(module).getFileName().toString();
        Path temporary = Files.createDirectories(directory.resolve(name + "-tmp"));
        int port = Ports.free();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + temporary,
                Logs.MANAGER_OPTION,
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port,
                "-Dquarkus.log.level=WARN",
                "-Dquarkus.banner.enabled=false"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", jar.toString()));
        Path log = directory.resolve(name + ".log");
        Process process = new ProcessBuilder(pinned.apply(command))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        ServiceProcess service = new ServiceProcess(process, port, log);
        service.awaitOk(readiness);
        return service;
    }

    int port() {
        return port;
    }

    /** The processor time it has used. */
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Waits until a path answers 200. */
    void awaitOk(String path) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ok(path)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "http://127.0.0.1:" + port + path + " does not answer 200; its log ends: " + tail());
            }
            Thread.sleep(50);
        }
    }

    /** Whether a path answers 200. */
    boolean ok(String path) throws InterruptedException {
        try {
            return HTTP.send(
                                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                            .timeout(Duration.ofSeconds(2))
                                            .build(),
                                    HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private String tail() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
    }

    /** Stops it as an operator would. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(15, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
