package io.homeostat.gateway.http;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.SourceSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.gateway.emit.KafkaEventSink;
import io.homeostat.gateway.infer.GuardedCalls;
import io.homeostat.gateway.infer.Inference;
import io.homeostat.gateway.infer.ShadowWork;
import io.homeostat.gateway.route.RouteFollower;
import io.homeostat.gateway.route.Routes;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.WarmScorers;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Puts the gateway together from its settings. */
class GatewayBeans {
    @Produces
    @Singleton
    Routes routes(Scorer.Source source, MeterRegistry meters) {
        return new Routes(new WarmScorers(source), meters);
    }

    @Produces
    @Singleton
    RouteFollower follower(
            Routes routes, Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        return new RouteFollower(routes, topics, bootstrapServers);
    }

    @Produces
    @Singleton
    KafkaEventSink sink(
            Routes routes,
            Topics topics,
            MeterRegistry meters,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "homeostat.gateway.events.capacity") int capacity) {
        Check.range("homeostat.gateway.events.capacity", capacity, 1, 10_000_000);
        return new KafkaEventSink(
                new KafkaProducer<>(settings(bootstrapServers), new StringSerializer(), new ByteArraySerializer()),
                capacity,
                model -> routes.spec(model)
                        .map(ModelSpec::source)
                        .map(SourceSpec::nativePredictions)
                        .filter(named -> !named.equals(SourceSpec.PREDICTIONS))
                        .orElse(topics.predictions().name()),
                meters);
    }

    @Produces
    @Singleton
    GuardedCalls calls(
            @ConfigProperty(name = "homeostat.gateway.challenger-timeout") Duration timeout,
            @ConfigProperty(name = "homeostat.gateway.challenger-threads") int threads) {
        Check.that(
                timeout.toMillis() >= 1 && timeout.toMinutes() < 10,
                "homeostat.gateway.challenger-timeout",
                timeout + " is outside 1ms to 10m");
        Check.range("homeostat.gateway.challenger-threads", threads, 1, 10_000);
        return new GuardedCalls(timeout, threads);
    }

    @Produces
    @Singleton
    ShadowWork shadow(@ConfigProperty(name = "homeostat.gateway.shadow-rows") int rows) {
        Check.range("homeostat.gateway.shadow-rows", rows, 1, 10_000_000);
        return new ShadowWork(rows);
    }

    @Produces
    @Singleton
    Inference inference(
            Routes routes, GuardedCalls calls, ShadowWork shadow, KafkaEventSink sink, MeterRegistry meters) {
        return new Inference(routes, calls, shadow, sink, Clock.systemUTC(), meters);
    }

    private static Map<String, Object> settings(String bootstrapServers) {
        return Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "client.id",
                "homeostat-gateway-events",
                "enable.idempotence",
                true,
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                // only the sink's own thread waits, and its queue is bounded
                "max.block.ms",
                2_000);
    }
}
