package io.homeostat.gateway.source;

import io.homeostat.gateway.serving.Cause;
import io.homeostat.gateway.serving.ScoringException;
import io.netty.channel.ConnectTimeoutException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HTTP to one model of one server: a pool of kept connections, bounded waiting, and a regular question for its health. A
 * connection that turns out to be closed, or is not made in time, is replaced once, as a prediction may be asked twice; a call
 * that is given up closes its connection.
 */
final class UpstreamClient implements AutoCloseable {
    private static final int MOST_ANSWER_BYTES = 64 << 20;
    private static final int WAITING_PER_CONNECTION = 16;
    private static final int KEEP_SECONDS = 30;
    private static final int FIRST_ANSWER_SECONDS = 5;

    private final HttpClient http;
    private final Vertx vertx;
    private final String url;
    private final RequestOptions infer;
    private final RequestOptions health;
    private final long timer;
    private volatile boolean ready;

    UpstreamClient(Upstream upstream, Vertx vertx) {
        this.vertx = vertx;
        this.url = upstream.url() + upstream.path();
        this.infer = options(upstream, HttpMethod.POST, "/infer").putHeader("content-type", "application/json");
        this.health = options(upstream, HttpMethod.GET, "/ready");
        this.http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setTcpNoDelay(true)
                        .setKeepAliveTimeout(KEEP_SECONDS)
                        .setConnectTimeout(
                                (int) upstream.connectTimeout().value().toMillis()),
                new PoolOptions()
                        .setHttp1MaxSize(upstream.connections())
                        .setMaxWaitQueueSize(upstream.connections() * WAITING_PER_CONNECTION));
        this.timer = vertx.setPeriodic(upstream.healthInterval().value().toMillis(), t -> askHealth());
    }

    private static RequestOptions options(Upstream upstream, HttpMethod method, String end) {
        return new RequestOptions()
                .setAbsoluteURI(upstream.url() + "/")
                .setMethod(method)
                .setURI(upstream.path() + end);
    }

    /** Where it is, for messages. */
    String place() {
        return url;
    }

    /** What it last said of its health. */
    boolean ready() {
        return ready;
    }

    /** Waits for its first word of readiness. Errors: {@link IllegalStateException}. */
    void awaitReady() throws InterruptedException {
        try {
            int status = health().toCompletionStage().toCompletableFuture().get(FIRST_ANSWER_SECONDS, TimeUnit.SECONDS);
            ready = status == 200;
            if (!ready) {
                throw new IllegalStateException(url + "/ready answers " + status + "; the model is not ready there");
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(url + " cannot be reached: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(url + "/ready does not answer within " + FIRST_ANSWER_SECONDS + " s", e);
        }
    }

    private void askHealth() {
        health().onComplete(status -> ready = status.succeeded() && status.result() == 200);
    }

    private Future<Integer> health() {
        return http.request(new RequestOptions(health).setTimeout(FIRST_ANSWER_SECONDS * 1_000L))
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode);
    }

    /** The answer's bytes. Fails with {@link ScoringException}; cancelling it closes the connection. */
    CompletableFuture<byte[]> infer(byte[] body) {
        Call call = new Call(Buffer.buffer(body));
        call.begin(true);
        return call.answer;
    }

    @Override
    public void close() {
        vertx.cancelTimer(timer);
        http.close();
    }

    private final class Call {
        private final Buffer body;
        private final CompletableFuture<byte[]> answer = new CompletableFuture<>();

        private Call(Buffer body) {
            this.body = body;
        }

        private void begin(boolean again) {
            http.request(infer).onComplete(connected -> {
                if (connected.failed() && again && !answer.isDone() && mayBeThereNow(connected.cause())) {
                    begin(false);
                } else if (connected.failed()) {
                    fail(Cause.DEAD, connected.cause());
                } else if (answer.isDone()) {
                    connected.result().reset(); // it was given up while it waited for a connection
                } else {
                    send(connected.result(), again);
                }
            });
        }

        /** It was closed while this call waited for it, or was not made in time by a server or a loop that was busy. */
        private static boolean mayBeThereNow(Throwable cause) {
            return cause instanceof HttpClosedException || cause instanceof ConnectTimeoutException;
        }

        private void send(HttpClientRequest request, boolean again) {
            Context loop = vertx.getOrCreateContext();
            answer.whenComplete((bytes, e) -> {
                if (answer.isCancelled()) {
                    // in turn with what the loop does for this request
                    loop.runOnContext(nothing -> request.reset());
                }
            });
            request.send(body).onComplete(responded -> {
                if (responded.succeeded()) {
                    read(responded.result());
                } else if (again && !answer.isDone()) {
                    begin(false); // it may have been closed while it was idle
                } else {
                    fail(Cause.DEAD, responded.cause());
                }
            });
        }

        private void read(HttpClientResponse response) {
            Buffer bytes = Buffer.buffer();
            response.handler(chunk -> {
                if (bytes.length() + chunk.length() > MOST_ANSWER_BYTES) {
                    answer.completeExceptionally(new ScoringException(
                            Cause.RUBBISH, url + " answers more than " + MOST_ANSWER_BYTES + " bytes"));
                    response.request().reset();
                } else {
                    bytes.appendBuffer(chunk);
                }
            });
            response.exceptionHandler(e -> fail(Cause.DEAD, e));
            response.endHandler(end -> finish(response.statusCode(), bytes.getBytes()));
        }

        private void finish(int status, byte[] bytes) {
            if (status == 200) {
                answer.complete(bytes);
            } else {
                answer.completeExceptionally(new ScoringException(
                        cause(status), url + " answers " + status + ": " + UpstreamAnswer.error(bytes)));
            }
        }

        private void fail(Cause cause, Throwable e) {
            answer.completeExceptionally(new ScoringException(cause, url + ": " + e.getMessage()));
        }
    }

    private static Cause cause(int status) {
        return switch (status) {
            case 400, 413, 422 -> Cause.REFUSED;
            case 429, 503 -> Cause.DEAD;
            case 504 -> Cause.TIMEOUT;
            default -> Cause.ERROR;
        };
    }
}
