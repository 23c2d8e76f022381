package io.homeostat.benchmarks.harness;

import io.homeostat.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/** A broker in a process of its own, so that its work is not counted as ours; it ends with this process. */
public final class BrokerProcess implements AutoCloseable {
    private static final String READY = "broker on ";

    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    /** The broker's process: the folder of its data. It runs until its standard input ends. */
    public static void main(String[] args) throws IOException {
        Logs.onlyErrors();
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]));
        System.out.println(READY + broker.bootstrapServers());
        while (System.in.read() >= 0) {
            // whoever started it is alive
        }
        Runtime.getRuntime().halt(0); // its data is thrown away
    }

    /** Starts it and waits until it is ready. */
    public static BrokerProcess start(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        Logs.MANAGER_OPTION,
                        "-cp",
                        System.getProperty("java.class.path"),
                        BrokerProcess.class.getName(),
                        data.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                return new BrokerProcess(process, line.substring(READY.length()));
            }
        }
        throw new IllegalStateException("the broker's process ended before it was ready");
    }

    /** Where clients reach it. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The processor time it has used. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
