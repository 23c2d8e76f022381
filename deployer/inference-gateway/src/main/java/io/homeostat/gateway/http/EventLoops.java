package io.homeostat.gateway.http;

import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.OptionalInt;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * One event loop per processor, where Vert.x would have two: requests are answered on them, so that more than run at once only
 * take the processor from each other. {@code quarkus.vertx.event-loops-pool-size} says otherwise.
 */
@ApplicationScoped
class EventLoops implements VertxOptionsCustomizer {
    private final int size;

    EventLoops(@ConfigProperty(name = "quarkus.vertx.event-loops-pool-size") OptionalInt said) {
        size = said.orElse(Runtime.getRuntime().availableProcessors());
    }

    @Override
    public void accept(VertxOptions options) {
        options.setEventLoopPoolSize(size);
    }
}
