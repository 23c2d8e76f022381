package io.homeostat.gateway.source;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.gateway.serving.Cause;
import io.homeostat.gateway.serving.Said;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ScoringException;
import io.homeostat.model.runtime.InvalidFeatureException;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.runtime.UnusableAnswerException;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** A model behind an HTTP server that speaks the protocol. */
final class UpstreamScorer implements Scorer {
    private final UpstreamClient client;
    private final UpstreamRequest writer;
    private final UpstreamAnswer reader;
    private final List<Feature> features;

    private UpstreamScorer(Upstream upstream, UpstreamClient client) {
        this.client = client;
        this.writer = new UpstreamRequest(upstream);
        this.reader = new UpstreamAnswer(upstream);
        this.features = upstream.schema().features().stream()
                .map(f -> new Feature(f.name(), f.kind() == FeatureKind.NUMERIC ? "FP64" : "BYTES"))
                .toList();
    }

    /** Connects, and waits until the server has said that the model is ready. Errors: {@link IllegalStateException}. */
    static UpstreamScorer connect(Upstream upstream, Vertx vertx) throws InterruptedException {
        UpstreamClient client = new UpstreamClient(upstream, vertx);
        try {
            client.awaitReady();
            return new UpstreamScorer(upstream, client);
        } catch (RuntimeException | InterruptedException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public List<Feature> features() {
        return features;
    }

    @Override
    public CompletableFuture<List<Said>> score(List<Map<String, Object>> rows, Executor threads) {
        long start = System.nanoTime();
        byte[] body;
        try {
            body = writer.body(rows);
        } catch (InvalidFeatureException e) {
            return CompletableFuture.failedFuture(new ScoringException(Cause.REFUSED, String.valueOf(e.getMessage())));
        }
        CompletableFuture<byte[]> call = client.infer(body);
        CompletableFuture<List<Said>> said = call.thenApply(answer -> said(answer, rows.size(), start));
        said.whenComplete((all, e) -> {
            if (said.isCancelled()) {
                call.cancel(false);
            }
        });
        return said;
    }

    private List<Said> said(byte[] answer, int rows, long start) {
        // each row waited for the whole call
        double millis = (System.nanoTime() - start) / 1e6;
        try {
            List<Said> all = new ArrayList<>(rows);
            for (Prediction one : reader.read(answer, rows)) {
                all.add(new Said.Score(one.output(), one.score(), one.probabilities(), millis));
            }
            return all;
        } catch (UnusableAnswerException e) {
            throw new ScoringException(Cause.RUBBISH, client.place() + ": " + e.getMessage());
        }
    }

    @Override
    public boolean ready() {
        return client.ready();
    }

    @Override
    public boolean remote() {
        return true;
    }

    @Override
    public void close() {
        client.close();
    }
}
