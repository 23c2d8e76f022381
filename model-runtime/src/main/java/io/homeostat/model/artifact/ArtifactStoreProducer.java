package io.homeostat.model.artifact;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The artifact store as configured. */
class ArtifactStoreProducer {
    @Produces
    @Singleton
    ArtifactStore artifactStore(@ConfigProperty(name = "homeostat.artifacts.dir") Path directory) {
        return new FileArtifactStore(directory);
    }
}
