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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
    private static final int LOADERS = 4;

    private final Routes routes;
    private final Topics topics;
    private final String bootstrapServers;
    private final Thread thread = new Thread(this::run, "gateway-routes");
    private final ExecutorService loaders;
    private final PendingRoutes pending;
    private volatile boolean running = true;
    private volatile @Nullable Consumer<String, byte[]> consumer;

    public RouteFollower(Routes routes, Topics topics, String bootstrapServers) {
        this.routes = routes;
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        this.loaders = Executors.newFixedThreadPool(LOADERS, RouteFollower::loader);
        this.pending = new PendingRoutes(routes, loaders, System::nanoTime);
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
        loaders.shutdownNow();
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
                if (pending.idle()) {
                    routes.catchUp();
                }
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
                pending.note(Json.read(record.value(), Route.class));
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
            pending.drop(model);
        } else {
            routes.forget(model);
        }
    }

    /** Applies what is waiting, if it is time to try. */
    void applyPending() {
        pending.apply();
    }

    private static Thread loader(Runnable work) {
        Thread thread = new Thread(work, "gateway-loading");
        thread.setDaemon(true);
        return thread;
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
