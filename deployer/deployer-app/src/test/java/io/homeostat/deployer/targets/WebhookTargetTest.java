package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.homeostat.deployer.outbound.Signature;
import io.homeostat.deployer.testing.FakeServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A receiver that checks who asks, and does what it is told once. */
class WebhookTargetTest extends ServingTargetContract {
    private static final String SECRET = "s3cret-of-the-test";

    @Override
    World open() {
        return new Receiver();
    }

    /** The receiver knows better: it answers 409. */
    @Override
    void assertAboutOlder(Outcome outcome) {
        assertThat(outcome).isNotInstanceOf(Outcome.Applied.class);
    }

    @Test
    void saysReadyThenRouteThenScale() {
        Receiver receiver = (Receiver) world;
        apply(world.target(), serves(1, "v1"));
        receiver.said.clear();
        // when
        apply(world.target(), shared(2, "v1", "v2", 10));
        // then
        assertThat(receiver.said)
                .containsExactly("loans/2/ready/v1", "loans/2/ready/v2", "loans/2/route", "loans/2/scale");
    }

    @Test
    void unsignedIsNeverSent() {
        Receiver receiver = (Receiver) world;
        Settings withoutSecret = name -> name.endsWith(".secret") ? Optional.empty() : receiver.settings.get(name);
        ServingTarget target = WebhookTarget.of("router", withoutSecret, new HttpCalls(), Clock.systemUTC());
        // when
        Outcome outcome = Reconciler.reconcile(target, serves(1, "v1"));
        // then
        assertThat(outcome.reason())
                .contains("homeostat.webhooks.router.secret is missing", "HOMEOSTAT_WEBHOOKS_ROUTER_SECRET");
        assertThat(receiver.server.requests).isEmpty();
    }

    @Test
    void whatFailsNamesNeitherAddressNorSecret() {
        Receiver receiver = (Receiver) world;
        receiver.server.close();
        // when
        Outcome outcome = Reconciler.reconcile(world.target(), serves(1, "v1"));
        // then
        assertThat(outcome.reason())
                .contains("webhook 'router' does not answer")
                .doesNotContain("127.0.0.1", SECRET);
    }

    private static final class Receiver extends World {
        final List<String> said = new ArrayList<>();
        private final Set<String> unable = new HashSet<>();
        private final FakeServer server = new FakeServer(this::answer);
        private final Settings settings = name -> Optional.ofNullable(Map.of(
                        "homeostat.webhooks.router.url",
                        server.uri() + "/hook?token=in-the-address",
                        "homeostat.webhooks.router.secret",
                        SECRET)
                .get(name));
        private long revision;
        private Map<String, Double> shares = Map.of();
        private int writes;

        private FakeServer.Reply answer(FakeServer.Request request) {
            String expected = Signature.of(
                    SECRET,
                    Long.parseLong(request.headers().get("homeostat-timestamp")),
                    request.body().getBytes(StandardCharsets.UTF_8));
            if (!expected.equals(request.headers().get("homeostat-signature"))) {
                return new FakeServer.Reply(401, "{}");
            }
            JsonNode message = read(request.body());
            said.add(request.headers().get("idempotency-key"));
            Route route = Json.read(Json.bytes(message.get("route")), Route.class);
            if (route.revision() < revision) {
                return new FakeServer.Reply(409, "{}");
            }
            switch (message.get("type").asText()) {
                case "ready" -> {
                    boolean notYet = unable.contains(
                            message.get("version").get("version").asText());
                    return new FakeServer.Reply(notYet ? 202 : 200, "");
                }
                case "route" -> {
                    if (route.revision() > revision) {
                        writes++;
                    }
                    revision = route.revision();
                    shares = expected(route);
                }
                default -> {}
            }
            return new FakeServer.Reply(204, "");
        }

        private static JsonNode read(String body) {
            try {
                return Json.mapper().readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        ServingTarget target() {
            return WebhookTarget.of("router", settings, new HttpCalls(), Clock.fixed(Routes.T0, ZoneOffset.UTC));
        }

        @Override
        Map<String, Double> shares() {
            return shares;
        }

        @Override
        void answers(String version, boolean can) {
            if (can) {
                unable.remove(version);
            } else {
                unable.add(version);
            }
        }

        @Override
        int writes() {
            return writes;
        }

        @Override
        void outage(int status) {
            server.outage = status;
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
