package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.follow.ConsumerLoop;
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
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * Reads the routes of this process's share of the models: the deployers share the topic's partitions. Each partition is
 * read from its beginning whenever it is assigned, and nothing of it is applied before its end is reached, so that no route
 * of the past comes into force again. No offset is ever committed: the topic is the state.
 */
final class RouteReader implements ConsumerLoop.Reading, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RouteReader.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /** Routes of a poll at most. */
    static final int MOST_RECORDS = 500;

    private final Topics topics;
    private final Applications applications;
    private final Map<TopicPartition, Share> shares = new HashMap<>();
    private final ConsumerLoop loop;

    /** @param consumers makes a consumer that begins at the earliest offset and commits none by itself */
    RouteReader(Topics topics, Supplier<Consumer<String, byte[]>> consumers, Applications applications) {
        this.topics = topics;
        this.applications = applications;
        this.loop = new ConsumerLoop("routes-to-targets", consumers, this);
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
        loop.start();
    }

    @Override
    public void close() {
        loop.close();
    }

    @Override
    public void begin(Consumer<String, byte[]> reading) {
        shares.clear();
        reading.subscribe(List.of(topics.routes().name()), new Assignment(reading));
    }

    /** Reads what has come, and passes on what is new. */
    @Override
    public void read(Consumer<String, byte[]> reading) {
        reading.poll(POLL).forEach(this::note);
        shares.forEach((partition, share) -> pass(share, reading.position(partition)));
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
