package io.homeostat.backbone.testing;

import io.homeostat.broker.EmbeddedBroker;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real broker for an application under test, with directories of its own for state and artifacts and any port for HTTP.
 * The arguments are further settings: {@code initArgs = @ResourceArg(name = "homeostat.topics.prefix", value = "my-it")}.
 */
public final class BrokerResource implements QuarkusTestResourceLifecycleManager {
    private final Map<String, String> settings = new HashMap<>();
    private Path directory;
    private EmbeddedBroker broker;

    @Override
    public void init(Map<String, String> arguments) {
        settings.putAll(arguments);
    }

    @Override
    public Map<String, String> start() {
        try {
            directory = Files.createTempDirectory("homeostat-it");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        broker = EmbeddedBroker.start(directory.resolve("kafka"));
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("homeostat.streams.state-dir", directory.resolve("streams").toString());
        settings.put("homeostat.artifacts.dir", directory.resolve("artifacts").toString());
        settings.put("quarkus.http.test-port", "0");
        return settings;
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
