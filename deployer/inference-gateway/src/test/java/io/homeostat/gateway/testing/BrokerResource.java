package io.homeostat.gateway.testing;

import io.homeostat.broker.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** A real broker and an artifact directory for the application under test. */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
    private Path directory;
    private EmbeddedBroker broker;

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("gateway-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = EmbeddedBroker.start(directory.resolve("kafka"));
        return Map.of(
                "kafka.bootstrap.servers",
                broker.bootstrapServers(),
                "homeostat.topics.prefix",
                "gateway-it",
                "homeostat.artifacts.dir",
                directory.resolve("artifacts").toString(),
                "homeostat.gateway.rehearsal",
                "0s",
                "homeostat.gateway.max-body",
                "64K",
                "quarkus.http.test-port",
                "0");
    }

    @Override
    public void stop() {
        broker.close();
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted((a, b) -> b.compareTo(a)).forEach(f -> f.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
