package io.homeostat.model.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.ArtifactRef;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileArtifactStoreTest extends ArtifactStoreContract {
    @TempDir
    private Path directory;

    @Override
    ArtifactStore store() {
        return new FileArtifactStore(directory);
    }

    @Test
    void aDamagedFileIsAnErrorUntilItIsPutAgain() throws IOException {
        // given
        ArtifactRef ref = store().put(new byte[] {1, 2, 3}, "test/1");
        Files.write(files().get(0), new byte[] {1, 2, 4});
        // when
        // then
        assertThatThrownBy(() -> store().get(ref))
                .hasMessageContaining("expected SHA-256 " + ref.sha256())
                .hasMessageContaining("found");
        store().put(new byte[] {1, 2, 3}, "test/1");
        assertThat(store().get(ref)).containsExactly(1, 2, 3);
    }

    @Test
    void nothingButTheArtifactIsLeftBehind() throws IOException {
        // given
        store().put(new byte[] {1}, "test/1");
        // when
        store().put(new byte[] {1}, "test/1");
        // then
        assertThat(files()).hasSize(1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
