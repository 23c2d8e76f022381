package io.homeostat.gateway.route;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of the topics routes and models from their beginning and then on, and applies what it reads. Only the
 * newest route of a model is loaded; one that cannot be loaded is tried again every second until a newer one comes.
 */
public final class RouteFollower implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RouteFollower.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long RETRY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Routes routes;
    private final Topics topics;
    private final String bootstrapServers;
    private final Thread thread = new Thread(this::run, "gateway-routes");
    private final Map<String, Route> pending = new HashMap<>();
    private volatile boolean running = true;
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private long nextRetryNanos;

    public RouteFollower(Routes routes, Topics topics, String bootstrapServers) {
        this.routes = routes;
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        running = false;
        Consumer<String, byte[]> following = consumer;
        if (following != null) {
            following.wakeup();
        }
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try (Consumer<String, byte[]> following = open()) {
                consumer = following;
                follow(following);
            } catch (WakeupException e) {
                LOG.debug("Stops to follow routes");
            } catch (RuntimeException e) {
                LOG.errorf(e, "Following routes failed and starts again: %s", e.getMessage());
                pause();
            }
        }
    }

    private void follow(Consumer<String, byte[]> following) {
        List<TopicPartition> partitions = partitions(following);
        following.assign(partitions);
        following.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = new HashMap<>(following.endOffsets(partitions));
        while (running) {
            following.poll(POLL).forEach(this::note);
            if (!ends.isEmpty()) {
                ends.entrySet().removeIf(end -> following.position(end.getKey()) >= end.getValue());
            }
            if (ends.isEmpty()) {
                applyPending();
                routes.catchUp();
            }
        }
    }

    /** Notes one record; package-private so that it can be tested without a broker. */
    void note(ConsumerRecord<String, byte[]> record) {
        String model = record.key();
        boolean isRoute = record.topic().equals(topics.routes().name());
        try {
            if (record.value() == null) {
                dropped(isRoute, model);
            } else if (isRoute) {
                Route route = Json.read(record.value(), Route.class);
                pending.merge(route.model(), route, (a, b) -> b.revision() >= a.revision() ? b : a);
                nextRetryNanos = System.nanoTime();
            } else {
                routes.know(Json.read(record.value(), ModelSpec.class));
            }
        } catch (InvalidValueException e) {
            LOG.errorf(
                    "%s-%d offset %d cannot be read and is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void dropped(boolean isRoute, String model) {
        if (model == null) {
            return;
        }
        if (isRoute) {
            pending.remove(model);
            routes.remove(model);
        } else {
            routes.forget(model);
        }
    }

    /** Applies what is waiting, if it is time to try. */
    void applyPending() {
        if (pending.isEmpty() || System.nanoTime() - nextRetryNanos < 0) {
            return;
        }
        nextRetryNanos = System.nanoTime() + RETRY_NANOS;
        pending.values().removeIf(route -> switch (routes.apply(route)) {
            case WHOLLY, STALE -> true;
            case WITHOUT_CHALLENGER, NOT_YET -> false;
        });
    }

    private List<TopicPartition> partitions(Consumer<?, ?> consumer) {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : List.of(topics.models().name(), topics.routes().name())) {
            consumer.partitionsFor(topic).forEach(p -> all.add(new TopicPartition(topic, p.partition())));
        }
        return all;
    }

    private Consumer<String, byte[]> open() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrapServers,
                        "isolation.level",
                        "read_committed",
                        "client.id",
                        "homeostat-gateway-routes",
                        "enable.auto.commit",
                        false,
                        "auto.offset.reset",
                        "earliest",
                        "fetch.max.wait.ms",
                        100),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private void pause() {
        try {
            Thread.sleep(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
