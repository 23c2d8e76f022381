package io.homeostat.backbone.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.serde.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Golden files pin every event's JSON: a change of the wire form shows as a change of a file. */
class WireFormTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TestFactory
    Stream<DynamicTest> isAsTheGoldenFileSays() {
        return Samples.all().entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(sample.getKey(), () -> matchesGolden(sample)));
    }

    private static void matchesGolden(Map.Entry<String, Object> sample) throws IOException {
        // given
        Path file = GOLDEN.resolve(sample.getKey() + ".json");
        JsonNode written = Json.mapper().readTree(Json.bytes(sample.getValue()));
        if (Boolean.getBoolean("golden.write")) {
            Files.createDirectories(GOLDEN);
            Files.writeString(file, written.toPrettyString() + "\n");
        }

        // when
        JsonNode golden = Json.mapper().readTree(file.toFile());

        // then
        assertThat(written).isEqualTo(golden);
        Class<?> type = sample.getValue() instanceof WorkerTask
                ? WorkerTask.class
                : sample.getValue() instanceof WorkerReport
                        ? WorkerReport.class
                        : sample.getValue().getClass();
        Object read = Json.read(Files.readAllBytes(file), type);
        assertThat(Json.text(read)).isEqualTo(Json.text(sample.getValue()));
    }

    @Test
    void everyTopicsEventHasAGoldenFile() {
        var covered = Samples.all().values().stream().map(Object::getClass).toList();
        assertThat(new io.homeostat.backbone.topic.Topics("homeostat", 1, (short) 1).all())
                .allSatisfy(topic -> assertThat(covered)
                        .anyMatch(c -> topic.value().isAssignableFrom(c)
                                || c == StudyEvent.class && topic.value() == StudyEvent.TrialSummary.class));
    }
}
