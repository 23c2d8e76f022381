package io.homeostat.deployer.notify;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.follow.ConsumerLoop;
import io.homeostat.backbone.follow.GroupConsumers;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;

/**
 * One channel's way through the ledger. The ledger itself is the queue: what has been delivered, or given up, is committed
 * in the channel's own consumer group, so that a restart neither loses nor repeats it, but for the one that was under way.
 * What is older than an hour is no news and is passed over.
 */
final class LedgerReader implements ConsumerLoop.Reading, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(LedgerReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration NEWS = Duration.ofHours(1);
    private static final int SKIPPED_PER_COMMIT = 1_000;

    private final Topic<LedgerEntry> ledger;
    private final Channel channel;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Courier courier;
    private final ConsumerLoop loop;
    private int skipped;

    /** @param consumers makes a consumer that commits nothing by itself, see {@link #consumers(String, String)} */
    LedgerReader(
            Topic<LedgerEntry> ledger,
            Channel channel,
            Supplier<Consumer<String, byte[]>> consumers,
            MeterRegistry meters,
            Clock clock) {
        this.ledger = ledger;
        this.channel = channel;
        this.meters = meters;
        this.clock = clock;
        this.loop = new ConsumerLoop("notify-" + channel.name(), consumers, this);
        this.courier = new Courier(loop::pause);
    }

    /** Makes consumers of a group, which take one line at a time: a delivery at its slowest takes a minute. */
    static Supplier<Consumer<String, byte[]>> consumers(String bootstrapServers, String group) {
        return GroupConsumers.of(bootstrapServers, group, 1);
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
        reading.subscribe(List.of(ledger.name()));
    }

    /** Reads what has come and tells it. */
    @Override
    public void read(Consumer<String, byte[]> reading) {
        reading.poll(POLL).forEach(record -> take(reading, record));
    }

    private void take(Consumer<String, byte[]> reading, ConsumerRecord<String, byte[]> record) {
        Optional<Notification> notification = read(record);
        boolean told = notification.isPresent();
        if (told && !tell(notification.get())) {
            return;
        }
        skipped = told ? 0 : skipped + 1;
        if (told || skipped >= SKIPPED_PER_COMMIT) {
            skipped = 0;
            reading.commitSync(Map.of(
                    new TopicPartition(record.topic(), record.partition()),
                    new OffsetAndMetadata(record.offset() + 1)));
        }
    }

    private Optional<Notification> read(ConsumerRecord<String, byte[]> record) {
        try {
            String id = record.topic() + ":" + record.partition() + ":" + record.offset();
            return record.value() == null
                    ? Optional.empty()
                    : Notification.of(Json.read(record.value(), LedgerEntry.class), id)
                            .filter(n -> channel.events().contains(n.event()))
                            .filter(this::isNews);
        } catch (InvalidValueException e) {
            return Optional.empty(); // whoever reads the ledger for its own sake says so
        }
    }

    private boolean isNews(Notification notification) {
        boolean news = !notification.at().isBefore(clock.instant().minus(NEWS));
        if (!news) {
            count("expired");
        }
        return news;
    }

    /** Whether the notification is done with, one way or the other. */
    private boolean tell(Notification notification) {
        Courier.Report report = courier.deliver(channel, notification);
        if (report.delivery() == Courier.Delivery.CUT_OFF) {
            return false;
        }
        if (report.delivery() == Courier.Delivery.FAILED) {
            LOG.warnf("Notification %s was not delivered: %s", notification.id(), report.why());
        }
        count(report.delivery().name().toLowerCase(Locale.ROOT));
        return true;
    }

    private void count(String outcome) {
        meters.counter("homeostat.deployer.notifications", "channel", channel.name(), "outcome", outcome)
                .increment();
    }
}
