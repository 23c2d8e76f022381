package io.homeostat.backbone.testing;

import io.homeostat.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * One real broker for all {@code *IT} classes of a JVM, started by the first and stopped with the JVM. Register it with
 * {@code @RegisterExtension static final EmbeddedBrokerExtension broker = new EmbeddedBrokerExtension();}. Tests share
 * the broker, so each uses its own topic prefix.
 */
public final class EmbeddedBrokerExtension implements BeforeAllCallback {
    private static Running running;

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    /** Where clients reach it. */
    public String bootstrapServers() {
        return start().broker.bootstrapServers();
    }

    /** An admin client. */
    public Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers()));
    }

    private static synchronized Running start() {
        if (running == null) {
            running = new Running();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close));
        }
        return running;
    }

    private static final class Running {
        private final Path directory = temporary();
        private final EmbeddedBroker broker = EmbeddedBroker.start(directory);

        private void close() {
            broker.close();
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(f -> f.toFile().delete());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Path temporary() {
            try {
                return Files.createTempDirectory("homeostat-broker");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
