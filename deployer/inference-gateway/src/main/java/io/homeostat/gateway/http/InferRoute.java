package io.homeostat.gateway.http;

import io.homeostat.backbone.serde.Json;
import io.homeostat.gateway.infer.Inference;
import io.homeostat.gateway.protocol.InferRequest;
import io.homeostat.gateway.protocol.InferResponse;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.protocol.RequestReader;
import io.homeostat.gateway.protocol.ResponseWriter;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of the protocol, {@code POST /v2/models/{model}[/versions/{version}]/infer}, on the event loop from the first
 * byte to the last: no thread waits for a model. Bodies above {@value #SMALL_BODY} bytes are read on a worker thread, as
 * others would wait meanwhile.
 */
@Singleton
class InferRoute {
    private static final Logger LOG = Logger.getLogger(InferRoute.class);
    private static final int TRACEPARENT_LENGTH = 55;
    private static final int SMALL_BODY = 64 * 1024;
    // after Quarkus' authentication, before its limit of bodies, whose refusal has no text
    private static final int BEFORE_UPLOAD_LIMIT = -3;
    private static final Buffer NOTHING = Buffer.buffer(0);
    private static final String BINARY = "Inference-Header-Content-Length";

    private final Inference inference;
    private final Admission admission;
    private final RequestMeters meters;
    private final BodyLimit limit;

    InferRoute(Inference inference, Admission admission, RequestMeters meters, BodyLimit limit) {
        this.inference = inference;
        this.admission = admission;
        this.meters = meters;
        this.limit = limit;
    }

    void register(@Observes Router router) {
        router.post("/v2/models/:model/infer").order(BEFORE_UPLOAD_LIMIT).handler(this::handle);
        router.post("/v2/models/:model/versions/:version/infer")
                .order(BEFORE_UPLOAD_LIMIT)
                .handler(this::handle);
    }

    private void handle(RoutingContext web) {
        Exchange exchange = new Exchange(web);
        try {
            exchange.begin(admission.enter());
        } catch (RefusedException e) {
            exchange.refuse(e);
        }
    }

    private final class Exchange {
        private final RoutingContext web;
        private final String model;
        private final long start = System.nanoTime();
        private Buffer body = NOTHING;
        private final Context loop = Vertx.currentContext();
        private Admission.@Nullable Ticket ticket;
        private boolean answered;

        private Exchange(RoutingContext web) {
            this.web = web;
            this.model = web.pathParam("model");
        }

        private void begin(Admission.Ticket entered) {
            ticket = entered;
            limit.check(web.request().getHeader("content-length"));
            web.request()
                    .exceptionHandler(gone -> leave())
                    .handler(this::add)
                    .endHandler(end -> infer())
                    .resume();
            web.response().exceptionHandler(gone -> leave());
        }

        private void add(Buffer chunk) {
            if (answered || ticket == null) {
                return;
            }
            try {
                limit.check(body.length() + (long) chunk.length());
                ticket.add(chunk.length());
                body = body.length() == 0 ? chunk : body.appendBuffer(chunk);
            } catch (RefusedException e) {
                refuse(e);
            }
        }

        private void infer() {
            if (answered) {
                return;
            }
            if (body.length() <= SMALL_BODY) {
                answer(parsed());
            } else {
                web.vertx().executeBlocking(this::parsed, false).onComplete(read -> answer(read.result()));
            }
        }

        /** The response's bytes to come; nothing is thrown. */
        private CompletableFuture<byte[]> parsed() {
            try {
                if (web.request().getHeader(BINARY) != null) {
                    throw RefusedException.badRequest(
                            BINARY, "binary tensors are not read here; send all data as JSON");
                }
                InferRequest request = RequestReader.read(body.getBytes());
                return asked(request).thenApply(response -> ResponseWriter.write(response, request));
            } catch (RuntimeException e) {
                return CompletableFuture.failedFuture(e);
            }
        }

        private CompletableFuture<InferResponse> asked(InferRequest request) {
            String version = web.pathParam("version");
            return version == null
                    ? inference.infer(model, request, trace())
                    : inference.infer(model, version, request, trace());
        }

        private @Nullable String trace() {
            String trace = web.request().getHeader("traceparent");
            return trace != null && trace.length() == TRACEPARENT_LENGTH ? trace : null;
        }

        private void answer(CompletableFuture<byte[]> bytes) {
            bytes.whenComplete((json, e) -> onLoop(() -> {
                if (e == null) {
                    send(200, Buffer.buffer(json));
                } else {
                    refuse(e instanceof CompletionException && e.getCause() != null ? e.getCause() : e);
                }
            }));
        }

        private void onLoop(Runnable send) {
            if (Vertx.currentContext() == loop) {
                send.run();
            } else {
                loop.runOnContext(nothing -> send.run());
            }
        }

        /** Refusals in the protocol's words. */
        private void refuse(Throwable e) {
            if (!(e instanceof RefusedException)) {
                LOG.errorf(e, "A request of %s failed: %s", model, e.getMessage());
            }
            int status = e instanceof RefusedException refused ? refused.status() : 500;
            if (status == 503) {
                web.response().putHeader("Retry-After", "1");
            }
            if (status == 413) {
                // the rest of the body is not read
                web.response().putHeader("Connection", "close");
            }
            web.request().resume();
            send(status, Buffer.buffer(Json.bytes(new ErrorBody(String.valueOf(e.getMessage())))));
        }

        private void send(int status, Buffer json) {
            answered = true;
            leave();
            meters.record(model, status, System.nanoTime() - start);
            HttpServerResponse response = web.response();
            if (!response.ended() && !response.closed()) {
                Future<Void> unused = response.setStatusCode(status)
                        .putHeader("Content-Type", "application/json")
                        .end(json);
            }
        }

        private void leave() {
            if (ticket != null) {
                ticket.leave();
            }
        }
    }
}
