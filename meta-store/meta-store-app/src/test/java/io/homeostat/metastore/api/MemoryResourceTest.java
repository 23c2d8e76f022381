package io.homeostat.metastore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.metastore.Studies;
import io.homeostat.metastore.recommend.RecordBook;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryResourceTest {
    private final MemoryResource resource =
            new MemoryResource(new Book(List.of(record("loans-1", 0), record("loans-2", 1))));

    @Test
    void listsTheNewestFirst() {
        assertThat(text(resource.records("loans", "1")))
                .startsWith("{\"records\":[{\"taskId\":\"loans-2\"")
                .endsWith("\"trials\":2}],\"inAll\":2}");
        assertThat(text(resource.records("cards", null))).isEqualTo("{\"records\":[],\"inAll\":0}");
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
                .contains("\"configuration\":{\"num_leaves\":11},\"taken\":[\"num_leaves\"],\"filled\":[]")
                .contains("\"sourceTask\":\"loans-2\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\": \"loans\"}|trainer: is missing",
                "{\"model\": \"a b\"}|model: 'a b' is not a name",
                "{model: loans, modle: x, trainer: t, space: {}}|unknown key 'modle'; did you mean 'model'?",
                "{model: loans, trainer: t, space: {}, n: 0}|n: 0.0 is outside 1.0 to 1000.0",
                "{model: loans, trainer: t, space: {}, metaFeatures: {a: b}}|metaFeatures.a: 'b' is not a number",
                "{model: \"loans|is not YAML or JSON",
                "{model: loans, trainer: t, space: {}}|space: is empty",
            })
    void saysWhatIsWrong(String body, String problem) {
        assertThatThrownBy(() -> resource.recommend(bytes(body))).hasMessageStartingWith(problem);
    }

    @Test
    void refusesAnEmptyBodyAndAnOddLimit() {
        assertThatThrownBy(() -> resource.recommend(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> resource.records(null, "many"))
                .hasMessage("limit: 'many' is not a whole number of 1 to 1000");
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

    private record Book(List<MetaRecord> all) implements RecordBook {
        @Override
        public Optional<MetaRecord> find(String taskId) {
            return all.stream().filter(record -> record.taskId().equals(taskId)).findFirst();
        }
    }
}
