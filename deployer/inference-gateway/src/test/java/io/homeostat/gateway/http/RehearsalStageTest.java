package io.homeostat.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class RehearsalStageTest {
    @Test
    void answersForBothOfItsVersions() throws Exception {
        try (RehearsalStage stage = RehearsalStage.open(0)) {
            for (int user = 0; user < 60; user++) {
                assertThat(stage.ask(user)
                                .toCompletionStage()
                                .toCompletableFuture()
                                .get(10, TimeUnit.SECONDS))
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void leavesNoThreadBehindWhereItsPortIsTaken() throws Exception {
        // given
        Set<Thread> before = threads();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            // when
            assertThatThrownBy(() -> RehearsalStage.open(taken.getLocalPort()))
                    .hasStackTraceContaining("already in use");
        }
        // then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("vert.x")
                        || thread.getName().startsWith("gateway"))
                .collect(Collectors.toSet());
    }
}
