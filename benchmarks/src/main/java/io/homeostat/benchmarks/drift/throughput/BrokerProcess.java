package io.homeostat.benchmarks.drift.throughput;

import io.homeostat.broker.EmbeddedBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.LogManager;

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
        LogManager.getLogManager().getLogger("").setLevel(Level.SEVERE);
        EmbeddedBroker broker = EmbeddedBroker.start(Path.of(args[0]));
        System.out.println(READY + broker.bootstrapServers());
        while (System.in.read() >= 0) {
            // whoever started it is alive
        }
        Runtime.getRuntime().halt(0); // its data is thrown away
    }

    /** Starts one with its data in a folder. */
    public static BrokerProcess start(Path data) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1g",
                        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
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
    Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
