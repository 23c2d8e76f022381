package io.homeostat.gateway.source;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.model.runtime.ModelLoader;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;

/**
 * Models of the artifact store: run in this process, or, where the artifact is an {@link Upstream}, asked over HTTP. The
 * store checks the digest before anything is loaded.
 */
@Singleton
public final class StoredModels implements Scorer.Source {
    private final ArtifactStore store;
    private final Vertx vertx;

    public StoredModels(ArtifactStore store, Vertx vertx) {
        this.store = store;
        this.vertx = vertx;
    }

    @Override
    public Scorer load(ArtifactRef artifact) throws Exception {
        byte[] bytes = store.get(artifact);
        return artifact.format().equals(Upstream.FORMAT)
                ? UpstreamScorer.connect(Upstream.read(bytes), vertx)
                : new InProcess(ModelLoader.load(artifact, bytes));
    }
}
