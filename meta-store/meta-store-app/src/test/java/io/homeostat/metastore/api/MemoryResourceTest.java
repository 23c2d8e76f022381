package io.homeostat.metastore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.metastore.Studies;
import io.homeostat.metastore.recommend.Memory;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryResourceTest {
    private static final Memory MEMORY = new Memory();

    static {
        MEMORY.put(record("loans-1", 0));
        MEMORY.put(record("loans-2", 1));
    }

    private final MemoryResource resource = new MemoryResource(
            () -> MEMORY, new SimpleMeterRegistry(), Clock.fixed(Studies.T0.plusSeconds(3 * 86_400), ZoneOffset.UTC));

    @Test
    void listsTheNewestFirst() {
        assertThat(text(resource.records("loans", 1, 0)))
                .startsWith("{\"records\":[{\"taskId\":\"loans-2\"")
                .endsWith("\"trials\":2}],\"inAll\":2}");
        assertThat(text(resource.records("loans", 1, 1))).startsWith("{\"records\":[{\"taskId\":\"loans-1\"");
        assertThat(text(resource.records("cards", 100, 0))).isEqualTo("{\"records\":[],\"inAll\":0}");
    }

    @Test
    void showsOneRecordWhole() {
        try (Response response = resource.record("loans-1")) {
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(text((byte[]) response.getEntity())).contains("\"space\":{\"num_leaves\":{\"int\":[4,128]}}");
        }
        try (Response response = resource.record("loans-9")) {
            assertThat(response.getStatus()).isEqualTo(404);
            assertThat(text((byte[]) response.getEntity()))
                    .isEqualTo("{\"error\":\"taskId: there is no record of 'loans-9'; see /api/v1/meta/records\"}");
        }
    }

    @Test
    void recommends() {
        byte[] body = bytes("{model: loans, trainer: lightgbm, space: {num_leaves: {int: [4, 64]}}, n: 1}");

        assertThat(text(resource.recommend(body)))
                .contains("\"configuration\":{\"num_leaves\":11},\"origin\":\"past\",\"sourceTask\":\"loans-2\"")
                .contains("\"restsOn\":[{\"taskId\":\"loans-2\",\"model\":\"loans\",\"own\":true");
    }

    @Test
    void findsTheNearest() {
        assertThat(text(resource.nearest(bytes("{metaFeatures: {logRows: 9.5}, n: 1}"))))
                .startsWith("{\"tasks\":[{\"taskId\":\"loans-2\"")
                .contains(
                        "\"explanation\":\"loans-2 is 2.35 spreads away; it differs most in logRows 9.500 against 8.500")
                .endsWith("\"records\":2}");
        assertThatThrownBy(() -> resource.nearest(bytes("{metaFeatures: {}}")))
                .hasMessage("metaFeatures: has no finite value; name at least one, like logRows: 8.5");
    }

    @Test
    void countsWhatItKnows() {
        assertThat(text(resource.statistics()))
                .contains("\"records\":2,\"trials\":4,\"models\":1,\"perModel\":{\"loans\":2},\"spaces\":1")
                .contains("\"ages\":{\"week\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\": \"loans\"}|trainer: is missing",
                "{\"model\": \"a b\"}|model: 'a b' is not a name",
                "{model: loans, modle: x, trainer: t, space: {}}|unknown key 'modle'; did you mean 'model'?",
                "{model: loans, trainer: t, space: {}, n: 0}|n: 0 is outside 1 to 50",
                "{model: loans, trainer: t, space: {}, metaFeatures: {a: b}}|metaFeatures.a: 'b' is not a number",
                "{model: \"loans|is not YAML or JSON",
                "{model: loans, trainer: t, space: {}}|space: is empty",
            })
    void saysWhatIsWrong(String body, String problem) {
        assertThatThrownBy(() -> resource.recommend(bytes(body))).hasMessageStartingWith(problem);
    }

    @Test
    void refusesAnEmptyBodyAndAnOddName() {
        assertThatThrownBy(() -> resource.recommend(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> resource.records("a b", 100, 0)).hasMessageStartingWith("model: 'a b' is not a name");
    }

    private static MetaRecord record(String id, int day) {
        return ((Lesson.Learned) FinishedStudy.lesson(Studies.finished(id, day, .9, .95))).record();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
