package io.homeostat.gateway.http;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.SourceSpec;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.gateway.emit.KafkaEventSink;
import io.homeostat.gateway.emit.TargetSink;
import io.homeostat.gateway.infer.Calls;
import io.homeostat.gateway.infer.Inference;
import io.homeostat.gateway.infer.ShadowWork;
import io.homeostat.gateway.route.RouteFollower;
import io.homeostat.gateway.route.RouteProblems;
import io.homeostat.gateway.route.Routes;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.WarmScorers;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Puts the gateway together from its settings. */
class GatewayBeans {
    private static final Logger LOG = Logger.getLogger(GatewayBeans.class);

    @Produces
    @Singleton
    Routes routes(Scorer.Source source, MeterRegistry meters, TargetSink targets) {
        return new Routes(new WarmScorers(source), meters, new RouteProblems(meters, targets, Clock.systemUTC()));
    }

    @Produces
    @Singleton
    TargetSink targets(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        return new TargetSink(topics, bootstrapServers);
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
    @Champions
    Calls champions(
            @ConfigProperty(name = "homeostat.gateway.champion-timeout") Duration timeout,
            @ConfigProperty(name = "homeostat.gateway.champion-threads") Optional<Integer> threads,
            @ConfigProperty(name = "homeostat.gateway.max-requests") int waiting) {
        checkTimeout("homeostat.gateway.champion-timeout", timeout);
        int most = threads.orElse(Math.max(4, 2 * Runtime.getRuntime().availableProcessors()));
        Check.range("homeostat.gateway.champion-threads", most, 1, 10_000);
        return Calls.ofChampions(timeout, most, waiting);
    }

    @Produces
    @Singleton
    @Challengers
    Calls challengers(
            @ConfigProperty(name = "homeostat.gateway.challenger-timeout") Duration timeout,
            @ConfigProperty(name = "homeostat.gateway.challenger-threads") int threads) {
        checkTimeout("homeostat.gateway.challenger-timeout", timeout);
        Check.range("homeostat.gateway.challenger-threads", threads, 1, 10_000);
        return Calls.ofChallengers(timeout, threads);
    }

    private static void checkTimeout(String path, Duration timeout) {
        Check.that(timeout.toMillis() >= 1 && timeout.toMinutes() < 10, path, timeout + " is outside 1ms to 10m");
    }

    @Produces
    @Singleton
    Admission admission(
            MeterRegistry meters,
            @ConfigProperty(name = "homeostat.gateway.max-requests") int requests,
            @ConfigProperty(name = "homeostat.gateway.max-bytes") MemorySize bytes) {
        Check.range("homeostat.gateway.max-requests", requests, 1, 1_000_000);
        Check.atLeast("homeostat.gateway.max-bytes", bytes.asLongValue(), 1);
        Admission admission = new Admission(requests, bytes.asLongValue());
        meters.gauge("homeostat.gateway.requests.underway", admission, Admission::requests);
        return admission;
    }

    @Produces
    @Singleton
    BodyLimit bodyLimit(@ConfigProperty(name = "homeostat.gateway.max-body") MemorySize most) {
        Check.range("homeostat.gateway.max-body", most.asLongValue(), 1, 1 << 30);
        return new BodyLimit(most.asLongValue());
    }

    @Produces
    @Singleton
    ShadowWork shadow(
            @ConfigProperty(name = "homeostat.gateway.shadow-rows") int rows,
            @ConfigProperty(name = "homeostat.gateway.shadow-patience") Duration patience) {
        Check.range("homeostat.gateway.shadow-rows", rows, 1, 10_000_000);
        checkTimeout("homeostat.gateway.shadow-patience", patience);
        return new ShadowWork(rows, patience, System::nanoTime);
    }

    @Produces
    @Singleton
    Inference inference(
            Routes routes,
            @Champions Calls champions,
            @Challengers Calls challengers,
            ShadowWork shadow,
            KafkaEventSink sink,
            MeterRegistry meters) {
        return new Inference(routes, champions, challengers, shadow, sink, Clock.systemUTC(), meters);
    }

    /* Zstandard keeps its buffers, where each batch of lz4 has 128 KiB of its own, a ninth of all garbage; it is native. */
    private static String compression() {
        try {
            Class.forName("com.github.luben.zstd.Zstd");
            return "zstd";
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.infof("Events are compressed by lz4, for zstd is not to be had on this machine: %s", e);
            return "lz4";
        }
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
                compression(),
                "compression.zstd.level",
                1,
                "linger.ms",
                25,
                "max.request.size",
                Topic.MOST_EVENT_BYTES,
                // only the sink's own thread waits, and its queue is bounded
                "max.block.ms",
                2_000);
    }
}
