package io.homeostat.worker.queue;

import io.homeostat.broker.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real broker and an artifact directory for one test. */
public class BrokerResource implements QuarkusTestResourceLifecycleManager {
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("homeostat-worker-it");
            broker = EmbeddedBroker.start(directory.resolve("broker"));
            return Map.of(
                    "kafka.bootstrap.servers",
                    broker.bootstrapServers(),
                    "homeostat.artifacts.dir",
                    directory.resolve("artifacts").toString(),
                    "homeostat.topics.partitions",
                    "2",
                    "homeostat.worker.lock",
                    "15s");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        broker.close();
    }
}
