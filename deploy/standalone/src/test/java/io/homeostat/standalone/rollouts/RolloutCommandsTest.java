package io.homeostat.standalone.rollouts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.serde.Json;
import io.homeostat.standalone.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a person types, what is asked, and what is printed. */
class RolloutCommandsTest {
    private static final Instant T0 = Instant.parse("2026-01-31T12:00:00Z");
    private static final RolloutStatus STATUS = new RolloutStatus(
            "r-2",
            "loans",
            "v2",
            "v1",
            RolloutStatus.Phase.CANARY,
            1,
            5,
            T0,
            T0.plusSeconds(40),
            12_000,
            610,
            9_000,
            "shadow lasted 10m",
            null,
            null,
            .2,
            "no_data",
            "no label is known for both");

    private final List<String> asked = new ArrayList<>();
    private final Map<String, Object> answers = new LinkedHashMap<>();
    private int status = 200;
    private HttpServer server;

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            byte[] answer =
                    Json.bytes(answers.getOrDefault(exchange.getRequestURI().getPath(), Map.of()));
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String run(String command, String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url", "http://127.0.0.1:" + server.getAddress().getPort()));
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RolloutCommands.run(
                command,
                new Options(all, RolloutCommands.options(command)),
                T0.plusSeconds(3_720),
                new PrintStream(printed, true, StandardCharsets.UTF_8));
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void rolloutsAreTwoLinesAModel() {
        answers.put("/api/v1/rollouts", List.of(STATUS));
        assertThat(run("rollouts")).isEqualTo("""
                loans: v2 answers 5 % beside v1, step 2, begun 1 h 2 m ago
                    no data: no label is known for both
                """);
    }

    @Test
    void aRolloutIsToldInFull() {
        Route.Target v1 = new Route.Target("v1", new ArtifactRef("ab".repeat(32), "x", 1));
        Route.Target v2 = new Route.Target("v2", new ArtifactRef("cd".repeat(32), "x", 1));
        answers.put(
                "/api/v1/rollouts/loans",
                Map.of(
                        "rollout",
                        STATUS,
                        "route",
                        new Route("loans", 3, T0, v1, v2, 5, true, "r-2", 1, "s", "because"),
                        "targets",
                        List.of(new TargetStatus(
                                "loans",
                                "httpRoute:models/loans",
                                3,
                                TargetStatus.Phase.WAITING,
                                T0,
                                "v2 has 0 of 2 replicas ready")),
                        "decisions",
                        List.of(new LedgerEntry(
                                "loans",
                                T0.plusSeconds(40),
                                LedgerEntry.Process.ROLLOUT,
                                "r-2",
                                "advance",
                                "shadow lasted 10m",
                                Map.of()))));
        assertThat(run("rollout", "loans")).isEqualTo("""
                loans: v2 answers 5 % beside v1, step 2, begun 1 h 2 m ago
                  evidence   no data: no label is known for both
                  requests   12,000 seen, 610 of them answered by v2; 9,000 labels judged
                  decided    shadow lasted 10m
                  route      revision 3: v1 serves, v2 answers 5 %
                  target     httpRoute:models/loans waits with revision 3: v2 has 0 of 2 replicas ready
                Decisions, the newest first:
                  2026-01-31 12:00:40  advance         shadow lasted 10m
                """);
    }

    @Test
    void ordersSayWhoAndWhy() {
        String printed = run("rollback", "loans", "--by", "ada", "--reason", "month end");
        assertThat(asked)
                .containsExactly("POST /api/v1/rollouts/loans/rollback {\"who\":\"ada\",\"why\":\"month end\"}");
        assertThat(printed).startsWith("Passed on: rollback of loans by ada, because month end.");
        assertThatThrownBy(() -> run("hold", "loans", "--by", "ada"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("hold needs --reason WHY: it stands in the ledger");
        assertThatThrownBy(() -> run("hold", "--by", "ada", "--reason", "x"))
                .hasMessage("hold needs the name of one model: ./homeostat hold MODEL --by WHO --reason WHY");
    }

    @Test
    void refusalsAreToldInTheServersWords() {
        status = 409;
        answers.put("/api/v1/rollouts/loans/promote", Map.of("error", "action: no rollout of 'loans' is under way"));
        assertThatThrownBy(() -> run("promote", "loans", "--by", "ada", "--reason", "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("action: no rollout of 'loans' is under way");
    }

    @Test
    void nobodyThereIsToldWithAWayOut() {
        server.stop(0);
        assertThatThrownBy(() -> run("rollouts")).hasMessageContaining("start one with ./homeostat up");
    }
}
