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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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

    private static final int TRAINING = 9_000;

    @TempDir
    Path work;

    @Test
    void repairsTheModelAfterAChangeAndIsTheSameForTheSameSeed() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(STREAM), "the recorded streams are not here: " + STREAM);
        Path file = firstRows(ROWS);

        CompletableFuture<JsonNode> beside = CompletableFuture.supplyAsync(() -> replay(file, TRAINING, "other"));
        JsonNode one = replay(file, TRAINING, "one");
        JsonNode other = beside.get();

        assertThat(one.path("rows").asInt()).isEqualTo(ROWS - TRAINING);
        assertThat(one.path("accuracyMaintained").asDouble())
                .isGreaterThan(one.path("accuracyFrozen").asDouble() + 0.03);
        assertThat(one.path("alarms").asInt()).isPositive();
        assertThat(one.path("promotions").asInt()).isPositive();
        assertThat(other).isEqualTo(one);
    }

    @Test
    void labelsAndReTunesMayComeLate() throws Exception {
        Assumptions.assumeTrue(Files.isReadable(STREAM), "the recorded streams are not here: " + STREAM);
        Path file = firstRows(3_000);

        JsonNode late = replay(file, 2_000, "late", "--label-lag", "30", "--retune-lag", "100");

        assertThat(late.path("rows").asInt()).isEqualTo(1_000);
        assertThat(late.path("retunes").asInt()).isBetween(1, 3);
        assertThat(late.path("accuracyMaintained").asDouble()).isGreaterThan(.8);
    }

    @Test
    void saysWhatIsWrongWithItsWords() throws Exception {
        try (Standalone process = Standalone.start(work, "replay", "nowhere.csv", "--lable", "class")) {
            assertThat(process.exitCode(30)).isEqualTo(2);
            assertThat(process.said()).contains("unknown option --lable; known are --data, --json, ");
        }
    }

    private JsonNode replay(Path file, int training, String name, String... more) {
        Path json = work.resolve(name + ".json");
        List<String> words = new ArrayList<>(List.of("replay", file.toString(), "--label", "class"));
        words.addAll(List.of("--train", "" + training, "--seed", "3", "--json", json.toString()));
        words.addAll(List.of(more));
        try (Standalone process = Standalone.start(work, words.toArray(String[]::new))) {
            assertThat(process.exitCode(300)).as(process.said()).isZero();
            return Json.mapper().readTree(json.toFile());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("replay " + name, e);
        }
    }

    private Path firstRows(int rows) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(STREAM)), StandardCharsets.UTF_8))) {
            List<String> lines = in.lines().limit(rows + 1).toList();
            return Files.write(work.resolve("sine.csv"), lines);
        }
    }
}
