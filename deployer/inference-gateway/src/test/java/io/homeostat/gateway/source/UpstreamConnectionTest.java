package io.homeostat.gateway.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.gateway.serving.Said;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamConnectionTest {
    private static final int CONNECT_MILLIS = 400;
    private static final String ANSWER =
            "{\"outputs\":[{\"name\":\"p\",\"shape\":[1],\"datatype\":\"FP64\",\"data\":[0.75]}]}";

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aConnectionThatIsNotMadeInTimeIsTriedOnceMore() throws Exception {
        // given a server that takes no connection for a moment, as its queue is full
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Void> ready = CompletableFuture.runAsync(() -> answer(server, "{}"));
            try (UpstreamScorer scorer = UpstreamScorer.connect(upstream(server.getLocalPort()), vertx)) {
                ready.join();
                int queued = fill(server);
                // when the moment ends while the first connection is under way
                Executor later = CompletableFuture.delayedExecutor(CONNECT_MILLIS / 2, TimeUnit.MILLISECONDS);
                CompletableFuture<List<Said>> said = scorer.score(List.of(Map.of("x", 1.0)), Runnable::run);
                CompletableFuture.runAsync(
                        () -> {
                            drain(server, queued);
                            answer(server, ANSWER);
                        },
                        later);
                // then
                assertThat((Said.Score) said.get(5, TimeUnit.SECONDS).get(0)).returns(.75, Said.Score::score);
            }
        }
    }

    private static Upstream upstream(int port) {
        return Upstream.read(("{\"url\": \"http://127.0.0.1:" + port
                        + "\", \"model\": \"loans\", \"connectTimeout\": \""
                        + CONNECT_MILLIS + "ms\", \"healthInterval\": \"1h\", \"schema\": {\"task\": \"binary\","
                        + " \"positive\": \"1\", \"classes\": [\"0\", \"1\"],"
                        + " \"features\": [{\"name\": \"x\", \"kind\": \"numeric\"}]}}")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Fills the queue of connections that nobody has accepted, and says how many there are. */
    @SuppressWarnings("resource") // they are closed with the server's side
    private static int fill(ServerSocket server) throws IOException {
        List<Socket> idle = new ArrayList<>();
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), 50);
                idle.add(socket);
            } catch (SocketTimeoutException full) {
                socket.close();
                return idle.size();
            }
        }
    }

    private static void drain(ServerSocket server, int connections) {
        try {
            for (int i = 0; i < connections; i++) {
                server.accept().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers one request, and closes its connection. */
    private static void answer(ServerSocket server, String json) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            byte[] asked = new byte[64 * 1024];
            int length = in.read(asked);
            assertThat(length).isPositive();
            socket.getOutputStream()
                    .write(("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: " + json.length() + "\r\n\r\n"
                                    + json)
                            .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
