package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads the routes of this process's share of the models: the deployers share the topic's partitions. Each partition is
 * read from its beginning whenever it is assigned, and nothing of it is applied before its end is reached, so that no route
 * of the past comes into force again. No offset is ever committed: the topic is the state.
 */
final class RouteReader implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RouteReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Topics topics;
    private final Supplier<Consumer<String, byte[]>> consumers;
    private final Applications applications;
    private final Thread thread = new Thread(this::run, "routes-to-targets");
    private final Map<TopicPartition, Share> shares = new HashMap<>();
    private volatile @Nullable Consumer<String, byte[]> consumer;
    private volatile boolean running = true;

    /** @param consumers makes a consumer that begins at the earliest offset and commits none by itself */
    RouteReader(Topics topics, Supplier<Consumer<String, byte[]>> consumers, Applications applications) {
        this.topics = topics;
        this.consumers = consumers;
        this.applications = applications;
        thread.setDaemon(true);
    }

    /** Makes consumers of a group. */
    static Supplier<Consumer<String, byte[]>> consumers(String bootstrapServers, String group) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                group,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "session.timeout.ms",
                6_000,
                "heartbeat.interval.ms",
                1_000);
        return () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** One partition: its models, and what is new of them. */
    private static final class Share {
        private final long end;
        private boolean caughtUp;
        private final Map<String, Route> newest = new HashMap<>();
        private final Set<String> models = new HashSet<>();

        private Share(long end) {
            this.end = end;
        }
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        running = false;
        Consumer<String, byte[]> reading = consumer;
        if (reading != null) {
            reading.wakeup();
        }
        try {
            thread.join(3_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try (Consumer<String, byte[]> reading = consumers.get()) {
                consumer = reading;
                subscribe(reading);
                while (running) {
                    read(reading);
                }
            } catch (WakeupException e) {
                LOG.debug("Stops to bring routes to targets");
            } catch (RuntimeException e) {
                LOG.errorf(e, "Reading the routes failed and starts again: %s", e.getMessage());
                pause();
            }
        }
    }

    void subscribe(Consumer<String, byte[]> reading) {
        reading.subscribe(List.of(topics.routes().name()), new Assignment(reading));
    }

    /** Reads what has come, and passes on what is new. */
    void read(Consumer<String, byte[]> reading) {
        reading.poll(POLL).forEach(this::note);
        shares.forEach((partition, share) -> pass(share, reading.position(partition)));
    }

    private void pause() {
        try {
            Thread.sleep(AFTER_FAILURE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    private void note(ConsumerRecord<String, byte[]> record) {
        Share share = shares.get(new TopicPartition(record.topic(), record.partition()));
        if (share == null || record.key() == null || record.value() == null) {
            return;
        }
        try {
            Route route = Json.read(record.value(), Route.class);
            share.newest.put(route.model(), route);
            share.models.add(route.model());
        } catch (InvalidValueException e) {
            LOG.errorf(
                    "%s-%d offset %d cannot be read and is passed over: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }

    private void pass(Share share, long position) {
        share.caughtUp |= position >= share.end;
        if (share.caughtUp && !share.newest.isEmpty()) {
            share.newest.values().forEach(applications::want);
            share.newest.clear();
        }
    }

    /** Which partitions are this process's now. */
    private final class Assignment implements ConsumerRebalanceListener {
        private final Consumer<String, byte[]> reading;

        private Assignment(Consumer<String, byte[]> reading) {
            this.reading = reading;
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
            reading.seekToBeginning(partitions);
            reading.endOffsets(partitions).forEach((partition, end) -> shares.put(partition, new Share(end)));
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
            for (TopicPartition partition : partitions) {
                Share share = shares.remove(partition);
                if (share != null) {
                    applications.forget(share.models::contains);
                }
            }
        }
    }
}
