package io.homeostat.metastore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.Studies;
import io.homeostat.metastore.recommend.Memory;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ExchangeResourceTest {
    private final Memory memory = new Memory();
    private final List<MetaRecord> written = new ArrayList<>();
    private final ExchangeResource resource = new ExchangeResource(
            () -> memory, written::addAll, Clock.fixed(Studies.T0.plusSeconds(3 * 86_400), ZoneOffset.UTC));

    private static MetaRecord record(String id, int day) {
        return ((Lesson.Learned) FinishedStudy.lesson(Studies.finished(id, day, .9, .95))).record();
    }

    private static String text(Response response) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (response.getEntity() instanceof StreamingOutput streaming) {
            streaming.write(out);
        } else {
            out.write((byte[]) response.getEntity());
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    /* A journal numbers its trials itself. */
    private static String numberless(List<MetaRecord> records) {
        return Json.text(records).replaceAll(",\"trial\":\\d+", "");
    }

    @Test
    void whatIsExportedCanBeImported() throws IOException {
        memory.put(record("loans-1", 0));
        memory.put(record("loans-2", 1));
        for (String format : List.of("jsonl", "csv", "optuna")) {
            written.clear();

            // when
            String file = text(resource.give(format, "loans"));
            Response answer = resource.take(format, null, null, null, file.getBytes(StandardCharsets.UTF_8));

            // then
            assertThat(answer.getStatus()).isEqualTo(202);
            assertThat(text(answer))
                    .isEqualTo("{\"records\":2,\"trials\":4,\"tasks\":[\"loans-2\",\"loans-1\"],\"passedOver\":[],"
                            + "\"passedOverInAll\":0}");
            assertThat(numberless(written)).isEqualTo(numberless(memory.newest(model -> true, 0, 10)));
        }
        assertThat(text(resource.give(null, "cards"))).isEmpty();
    }

    @Test
    void takesNothingOfAFileWithABadLine() throws IOException {
        memory.put(record("loans-1", 0));
        String file = text(resource.give("jsonl", null)) + "{\"taskId\": \"x\"}\n";

        // then
        assertThatThrownBy(() -> resource.take("jsonl", null, null, null, file.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("line 2: model: is missing");
        assertThat(written).isEmpty();
        assertThatThrownBy(() -> resource.take("jsonl", null, null, null, new byte[] {(byte) 0xff}))
                .hasMessage("the file is not UTF-8; convert it first");
        assertThatThrownBy(() -> resource.take(null, null, null, null, null))
                .hasMessage("there is no record in the file");
        assertThatThrownBy(() -> resource.take("optuna", "a b", null, null, null))
                .hasMessageStartingWith("model: 'a b' is not a name");
    }

    @Test
    void doesNotReplaceAnotherModelsTask() throws IOException {
        memory.put(record("study-1", 0));
        String own = text(resource.give("jsonl", null));
        String others = own.replace("\"loans\"", "\"cards\"");

        // then
        assertThatThrownBy(() -> resource.take("jsonl", null, null, null, others.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("task 'study-1' is one of model 'loans' already, and a task has one record; name it"
                        + " differently for 'cards'");
        assertThat(written).isEmpty();
        try (Response again = resource.take("jsonl", null, null, null, own.getBytes(StandardCharsets.UTF_8))) {
            assertThat(again.getStatus()).isEqualTo(202);
        }
    }

    @Test
    void saysThatKafkaDidNotTakeIt() throws IOException {
        try (Response answer = resource.notTaken(new KafkaException("no leader"))) {
            assertThat(answer.getStatus()).isEqualTo(503);
            assertThat(text(answer))
                    .isEqualTo("{\"error\":\"Kafka did not take it: no leader; nothing was imported, try again\"}");
        }
    }
}
