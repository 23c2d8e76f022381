package io.homeostat.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration keeps its promises: it says so by its exit code. */
class DemoIT {
    @TempDir
    Path work;

    @Test
    void endsWellAndTellsTheWholeStory() throws Exception {
        try (Standalone process = Standalone.start(work, "demo")) {
            assertThat(process.exitCode(300)).as(process.said()).isZero();
            assertThat(process.said())
                    .contains("quality is back.")
                    .contains("was rolled back.")
                    .contains(" 0 lost.");
        }
    }
}
