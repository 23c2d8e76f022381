package io.homeostat.deployer.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.serde.Json;
import io.homeostat.deployer.notify.Courier.Delivery;
import io.homeostat.deployer.notify.Courier.Report;
import io.homeostat.deployer.outbound.CallException;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.homeostat.deployer.outbound.Signature;
import io.homeostat.deployer.testing.FakeServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notifications and their way to channels. */
class CourierTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final String SECRET = "s3cret-of-the-test";

    private final List<Integer> statuses = new ArrayList<>();
    private final FakeServer server =
            new FakeServer(request -> new FakeServer.Reply(statuses.isEmpty() ? 200 : statuses.remove(0), "ok"));
    private final List<Duration> pauses = new ArrayList<>();
    private final Courier courier = new Courier(pauses::add);
    private final Map<String, String> settings = new HashMap<>(Map.of(
            "homeostat.notify.channels",
            "ops, audit",
            "homeostat.notify.ops.kind",
            "slack",
            "homeostat.notify.ops.url",
            server.uri() + "/services/T0/B0/secret-part",
            "homeostat.notify.audit.url",
            server.uri() + "/audit",
            "homeostat.notify.audit.secret",
            SECRET));

    @AfterEach
    void close() {
        server.close();
    }

    private Channel channel(String name) {
        return channels().stream()
                .filter(channel -> channel.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<Channel> channels() {
        Settings known = name -> Optional.ofNullable(settings.get(name));
        return Channel.of(known, new HttpCalls(), Clock.fixed(T0, ZoneOffset.UTC));
    }

    private static LedgerEntry line(String action, String reason) {
        return new LedgerEntry(
                "loans", T0, LedgerEntry.Process.ROLLOUT, "r-2", action, reason, Map.of("weightPercent", 5.0));
    }

    private static Notification rollback() {
        return Notification.of(line("rollback", "errorRate: p < .01 & rising"), "ledger:0:17")
                .orElseThrow();
    }

    @Test
    void slackHearsASentenceWithItsThreeSignsEscaped() {
        // when
        Report report = courier.deliver(channel("ops"), rollback());
        // then
        assertThat(report.delivery()).isEqualTo(Delivery.DELIVERED);
        assertThat(server.requests.get(0).path()).isEqualTo("/services/T0/B0/secret-part");
        assertThat(server.requests.get(0).body())
                .isEqualTo("{\"text\":\"loans: the candidate is taken back. errorRate: p &lt; .01 &amp; rising\"}");
    }

    @Test
    void webhookHearsAllOfItSignedAndWithTheSameIdEachTime() throws Exception {
        statuses.addAll(List.of(500, 429));
        // when
        Report report = courier.deliver(channel("audit"), rollback());
        // then
        assertThat(report.delivery()).isEqualTo(Delivery.DELIVERED);
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(server.requests)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("idempotency-key", "ledger:0:17")
                        .containsEntry(
                                "homeostat-signature",
                                Signature.of(
                                        SECRET,
                                        T0.getEpochSecond(),
                                        request.body().getBytes(StandardCharsets.UTF_8))));
        JsonNode body = Json.mapper().readTree(server.requests.get(0).body());
        assertThat(body.get("event").asText()).isEqualTo("rollback");
        assertThat(body.get("subject").asText()).isEqualTo("r-2");
        assertThat(body.get("inputs").get("weightPercent").asDouble()).isEqualTo(5);
    }

    @Test
    void fiveAttemptsAreAllAndARefusalIsNotRepeated() {
        statuses.addAll(List.of(500, 500, 500, 500, 500));
        assertThat(courier.deliver(channel("ops"), rollback()))
                .isEqualTo(new Report(Delivery.FAILED, "channel 'ops' answered with status 500, 5 times"));
        assertThat(pauses).hasSize(4);
        statuses.add(404);
        // when
        Report refused = courier.deliver(channel("ops"), rollback());
        // then
        assertThat(refused).isEqualTo(new Report(Delivery.FAILED, "channel 'ops' answered with status 404"));
        assertThat(server.requests).hasSize(6);
    }

    @Test
    void whatIsCutOffIsNotGivenUp() {
        statuses.add(500);
        Courier ending = new Courier(length -> false);
        assertThat(ending.deliver(channel("ops"), rollback()).delivery()).isEqualTo(Delivery.CUT_OFF);
    }

    @Test
    void nobodyIsToldTheAddressOrTheSecret() {
        Channel ops = channel("ops");
        server.close();
        assertThat(courier.deliver(ops, rollback()).why())
                .contains("channel 'ops' does not answer")
                .doesNotContain("secret-part", "127.0.0.1");
        settings.put("homeostat.notify.ops.url", "not an address with secret-part");
        assertThatThrownBy(this::channels)
                .isInstanceOf(CallException.class)
                .hasMessageContaining("homeostat.notify.ops.url is no http or https address")
                .hasMessageNotContaining("secret-part");
    }

    @Test
    void settingsAreCheckedAtTheStart() {
        settings.remove("homeostat.notify.audit.secret");
        assertThatThrownBy(this::channels).hasMessageContaining("homeostat.notify.audit.secret is missing");
        settings.put("homeostat.notify.audit.kind", "pigeon");
        assertThatThrownBy(this::channels).hasMessageContaining("'pigeon' is no kind of channel");
        settings.put("homeostat.notify.ops.events", "rollback, explosion");
        assertThatThrownBy(this::channels).hasMessageContaining("'explosion' is no event; there are");
    }

    @Test
    void aChannelMayHearOfSomeEventsOnly() {
        settings.put("homeostat.notify.ops.events", "rollback, target-fails");
        assertThat(channel("ops").events())
                .containsExactlyInAnyOrder(Notification.Event.ROLLBACK, Notification.Event.TARGET_FAILS);
    }

    @Test
    void onlyWhatPeopleWaitForIsToldThem() {
        assertThat(Notification.of(line("apply waits", "not ready"), "x")).isEmpty();
        assertThat(Notification.of(line("advance", "5 %"), "x"))
                .hasValueSatisfying(
                        n -> assertThat(n.text()).isEqualTo("loans: the rollout goes to its next step. 5 %"));
        LedgerEntry alarm =
                new LedgerEntry("loans", T0, LedgerEntry.Process.MONITOR, "a-1", "start", "not a rollout's", Map.of());
        assertThat(Notification.of(alarm, "x")).isEmpty();
    }
}
