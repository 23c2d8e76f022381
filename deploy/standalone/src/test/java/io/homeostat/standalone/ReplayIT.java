package io.homeostat.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.serde.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream with a known change of concept, through the whole loop in a process of its own. */
class ReplayIT {
    private static final Path STREAM =
            Path.of(System.getProperty("homeostat.data", "."), "streams", "harvard_lobo", "sine_0123_abrupto.csv.gz");
    /** The concept changes at row 10,000. */
    private static final int ROWS = 11_500;

    private static final int TRAINING = 8_000;

    @TempDir
    Path work;

    @Test
    void repairsTheModelAfterAChangeAndIsTheSameForTheSameSeed() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(STREAM), "the recorded streams are not here: " + STREAM);
        Path file = firstRows();

        JsonNode one = replay(file, "one");
        JsonNode other = replay(file, "other");

        assertThat(one.path("rows").asInt()).isEqualTo(ROWS - TRAINING);
        assertThat(one.path("accuracyMaintained").asDouble())
                .isGreaterThan(one.path("accuracyFrozen").asDouble() + 0.03);
        assertThat(one.path("alarms").asInt()).isPositive();
        assertThat(one.path("promotions").asInt()).isPositive();
        assertThat(other).isEqualTo(one);
    }

    @Test
    void saysWhatIsWrongWithItsWords() throws Exception {
        try (Standalone process = Standalone.start(work, "replay", "nowhere.csv", "--lable", "class")) {
            assertThat(process.exitCode(30)).isEqualTo(2);
            assertThat(process.said()).contains("unknown option --lable; known are --data, --json, ");
        }
    }

    private JsonNode replay(Path file, String name) throws Exception {
        Path json = work.resolve(name + ".json");
        try (Standalone process = Standalone.start(
                work,
                "replay",
                file.toString(),
                "--label",
                "class",
                "--train",
                "" + TRAINING,
                "--seed",
                "3",
                "--json",
                json.toString())) {
            assertThat(process.exitCode(300)).as(process.said()).isZero();
        }
        return Json.mapper().readTree(json.toFile());
    }

    private Path firstRows() throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(STREAM)), StandardCharsets.UTF_8))) {
            List<String> lines = in.lines().limit(ROWS + 1).toList();
            return Files.write(work.resolve("sine.csv"), lines);
        }
    }
}
