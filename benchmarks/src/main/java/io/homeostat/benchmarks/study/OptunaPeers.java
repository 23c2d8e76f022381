package io.homeostat.benchmarks.study;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An Optuna for each thread that asks for it, started when it is asked for. */
final class OptunaPeers implements AutoCloseable {
    private final Queue<OptunaPeer> started = new ConcurrentLinkedQueue<>();
    private final ThreadLocal<OptunaPeer> own = ThreadLocal.withInitial(this::start);

    private OptunaPeer start() {
        try {
            OptunaPeer peer = new OptunaPeer();
            started.add(peer);
            return peer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The calling thread's. */
    OptunaPeer own() {
        return own.get();
    }

    @Override
    public void close() throws IOException {
        for (OptunaPeer each : started) {
            each.close();
        }
    }
}
