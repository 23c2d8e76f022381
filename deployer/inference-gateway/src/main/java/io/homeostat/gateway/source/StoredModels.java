package io.homeostat.gateway.serving;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.model.artifact.ArtifactStore;
import io.homeostat.model.runtime.InvalidFeatureException;
import io.homeostat.model.runtime.ModelLoader;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;

/** Models of the artifact store, run in this process. The store checks the digest before anything is loaded. */
@Singleton
public final class StoredModels implements Scorer.Source {
    private final ArtifactStore store;

    public StoredModels(ArtifactStore store) {
        this.store = store;
    }

    @Override
    public Scorer load(ArtifactRef artifact) {
        return new InProcess(ModelLoader.load(artifact, store.get(artifact)));
    }

    private static final class InProcess implements Scorer {
        private final ModelRuntime runtime;
        private final List<Feature> features;

        private InProcess(ModelRuntime runtime) {
            this.runtime = runtime;
            this.features = runtime.features().entrySet().stream()
                    .map(f -> new Feature(f.getKey(), f.getValue() == FeatureKind.NUMERIC ? "FP64" : "BYTES"))
                    .toList();
        }

        @Override
        public List<Feature> features() {
            return features;
        }

        @Override
        public Score score(Map<String, Object> row) {
            try {
                Prediction said = runtime.predict(row);
                return new Score(said.output(), said.score(), said.probabilities());
            } catch (InvalidFeatureException e) {
                throw new RefusedException(400, e.getMessage());
            }
        }

        @Override
        public void close() {
            runtime.close();
        }
    }
}
