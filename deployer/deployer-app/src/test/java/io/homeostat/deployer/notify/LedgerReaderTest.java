package io.homeostat.deployer.notify;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.homeostat.deployer.testing.FakeServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which lines of the ledger are told, and what is committed. */
class LedgerReaderTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);
    private static final TopicPartition PARTITION =
            new TopicPartition(TOPICS.ledger().name(), 0);

    private final FakeServer server = new FakeServer(request -> new FakeServer.Reply(200, "ok"));
    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LedgerReader reader =
            new LedgerReader(TOPICS.ledger(), channel(), () -> consumer, meters, Clock.fixed(T0, ZoneOffset.UTC));

    private Channel channel() {
        Map<String, String> values = Map.of(
                "homeostat.notify.channels", "ops",
                "homeostat.notify.ops.kind", "slack",
                "homeostat.notify.ops.url", server.uri() + "/",
                "homeostat.notify.ops.events", "rollback,promotion");
        Settings settings = name -> Optional.ofNullable(values.get(name));
        return Channel.of(settings, new HttpCalls(), Clock.systemUTC()).get(0);
    }

    @BeforeEach
    void subscribe() {
        consumer.subscribe(List.of(PARTITION.topic()));
        consumer.rebalance(List.of(PARTITION));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private void say(long offset, String action, Instant at) {
        LedgerEntry line =
                new LedgerEntry("loans", at, LedgerEntry.Process.ROLLOUT, "r-2", action, "because", Map.of());
        consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, "loans", Json.bytes(line)));
    }

    private Optional<Long> committed() {
        return Optional.ofNullable(consumer.committed(Set.of(PARTITION)).get(PARTITION))
                .map(at -> at.offset());
    }

    private double counted(String outcome) {
        return meters.counter("homeostat.deployer.notifications", "channel", "ops", "outcome", outcome)
                .count();
    }

    @Test
    void whatIsToldIsCommitted() {
        say(0, "start", T0);
        say(1, "rollback", T0);
        say(2, "hold", T0);
        // when
        reader.read(consumer);
        // then
        assertThat(server.requests).hasSize(1);
        assertThat(committed()).contains(2L);
        assertThat(counted("delivered")).isEqualTo(1);
    }

    @Test
    void whatIsAnHourOldIsNoNews() {
        say(0, "rollback", T0.minus(Duration.ofMinutes(61)));
        say(1, "promote", T0.minus(Duration.ofMinutes(59)));
        // when
        reader.read(consumer);
        // then
        assertThat(server.requests).hasSize(1);
        assertThat(counted("expired")).isEqualTo(1);
    }

    @Test
    void whatIsCutOffByTheEndIsLeftToWhoeverTakesOver() {
        say(0, "rollback", T0);
        server.outage = 503;
        reader.close();
        // when
        reader.read(consumer);
        // then
        assertThat(server.requests).hasSize(1);
        assertThat(committed()).isEmpty();
    }

    @Test
    void whatIsRefusedIsGivenUpAndCounted() {
        say(0, "rollback", T0);
        server.outage = 404;
        // when
        reader.read(consumer);
        // then
        assertThat(committed()).contains(1L);
        assertThat(counted("failed")).isEqualTo(1);
    }
}
