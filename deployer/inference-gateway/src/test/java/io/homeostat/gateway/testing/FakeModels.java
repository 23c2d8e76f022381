package io.homeostat.gateway.testing;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.gateway.serving.Said;
import io.homeostat.gateway.serving.Scorer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/** Models by digest that answer as told, and count how often they were loaded and closed. */
public final class FakeModels implements Scorer.Source {
    private final Map<String, ToDoubleFunction<Map<String, Object>>> byDigest = new HashMap<>();
    public final AtomicInteger loaded = new AtomicInteger();
    public final AtomicInteger closed = new AtomicInteger();

    /** A version's artifact; the digest is derived from the name. */
    public static ArtifactRef artifact(String version) {
        return new ArtifactRef(String.format("%064x", Math.abs((long) version.hashCode())), "fake/1", 1);
    }

    public FakeModels with(String version, ToDoubleFunction<Map<String, Object>> score) {
        byDigest.put(artifact(version).sha256(), score);
        return this;
    }

    @Override
    public Scorer load(ArtifactRef artifact) {
        ToDoubleFunction<Map<String, Object>> score = byDigest.get(artifact.sha256());
        if (score == null) {
            throw new IllegalStateException("there is no artifact " + artifact.sha256());
        }
        loaded.incrementAndGet();
        return new Scorer() {
            private volatile boolean open = true;

            @Override
            public List<Feature> features() {
                return List.of(new Feature("salary", "FP64"));
            }

            @Override
            public CompletableFuture<List<Said>> score(List<Map<String, Object>> rows, Executor threads) {
                if (!open) {
                    throw new IllegalStateException("asked after it was closed");
                }
                return CompletableFuture.supplyAsync(
                        () -> rows.stream().map(this::one).toList(), threads);
            }

            private Said one(Map<String, Object> row) {
                double value = score.applyAsDouble(row);
                return new Said.Score(value > 0.5 ? "1" : "0", value, null, 1);
            }

            @Override
            public void close() {
                open = false;
                closed.incrementAndGet();
            }
        };
    }
}
