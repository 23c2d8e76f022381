package io.homeostat.metastore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.Studies;
import io.homeostat.metastore.curate.MemoryMeters;
import io.homeostat.metastore.exchange.Format;
import io.homeostat.metastore.exchange.Imports;
import io.homeostat.metastore.exchange.TooManyImportsException;
import io.homeostat.metastore.recommend.Memory;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class ExchangeResourceTest {
    private final Memory memory = new Memory();
    private final List<MetaRecord> written = new ArrayList<>();
    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final Clock clock = Clock.fixed(Studies.T0.plusSeconds(3 * 86_400), ZoneOffset.UTC);
    private final ExchangeResource resource =
            new ExchangeResource(() -> memory, new Imports(written::addAll, clock), meters, clock);

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
        for (Format format : Format.values()) {
            written.clear();

            // when
            String file = text(resource.give(format, "loans", null, 0));
            Response answer = resource.take(format, null, null, null, file.getBytes(StandardCharsets.UTF_8));

            // then
            assertThat(answer.getStatus()).isEqualTo(202);
            assertThat(text(answer))
                    .isEqualTo("{\"records\":2,\"trials\":4,\"tasks\":[\"loans-2\",\"loans-1\"],\"passedOver\":[],"
                            + "\"passedOverInAll\":0,\"trialsLeftOut\":0}");
            assertThat(numberless(written)).isEqualTo(numberless(memory.newest(model -> true, 0, 10)));
        }
        assertThat(text(resource.give(Format.JSONL, "cards", null, 0))).isEmpty();
    }

    @Test
    void whatIsExportedInPartsIsImportedWhole() throws IOException {
        // given
        IntStream.range(0, 25).forEach(i -> memory.put(record("loans-" + i, i % 3)));

        // when
        for (int skip = 0; skip < 25; skip += 10) {
            String part = text(resource.give(Format.JSONL, null, 10, skip));
            try (Response answer =
                    resource.take(Format.JSONL, null, null, null, part.getBytes(StandardCharsets.UTF_8))) {
                assertThat(answer.getStatus()).isEqualTo(202);
            }
        }

        // then
        assertThat(numberless(written)).isEqualTo(numberless(memory.newest(model -> true, 0, 100)));
        assertThat(text(resource.give(Format.JSONL, null, 10, 25))).isEmpty();
    }

    @Test
    void takesNothingOfAFileWithABadLine() throws IOException {
        memory.put(record("loans-1", 0));
        String file = text(resource.give(Format.JSONL, null, null, 0)) + "{\"taskId\": \"x\"}\n";

        // then
        assertThatThrownBy(() -> resource.take(Format.JSONL, null, null, null, file.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("line 2: model: is missing");
        assertThat(written).isEmpty();
        assertThatThrownBy(() -> resource.take(Format.JSONL, null, null, null, new byte[] {(byte) 0xff}))
                .hasMessage("the file is not UTF-8; convert it first");
        assertThatThrownBy(() -> resource.take(Format.JSONL, null, null, null, null))
                .hasMessage("there is no record in the file");
        assertThatThrownBy(() -> resource.take(Format.OPTUNA, "a b", null, null, null))
                .hasMessageStartingWith("model: 'a b' is not a name");
    }

    @Test
    void doesNotReplaceAnotherModelsTask() throws IOException {
        memory.put(record("study-1", 0));
        String own = text(resource.give(Format.JSONL, null, null, 0));
        String others = own.replace("\"loans\"", "\"cards\"");

        // then
        assertThatThrownBy(() -> resource.take(Format.JSONL, null, null, null, others.getBytes(StandardCharsets.UTF_8)))
                .hasMessage("task 'study-1' is one of model 'loans' already, and a task has one record; name it"
                        + " differently for 'cards'");
        assertThat(written).isEmpty();
        try (Response again = resource.take(Format.JSONL, null, null, null, own.getBytes(StandardCharsets.UTF_8))) {
            assertThat(again.getStatus()).isEqualTo(202);
        }
    }

    @Test
    void takesTheRestOfAFileThatHoldsWhatNobodyCouldLearnFromAndCountsIt() throws IOException {
        memory.put(record("loans-1", 0));
        memory.put(record("loans-2", 1));
        String file = text(resource.give(Format.JSONL, null, null, 0));
        String odd = file.replaceFirst("\"bestValue\":[0-9.]+", "\"bestValue\":\"Infinity\"");

        // when
        Response answer = resource.take(Format.JSONL, null, null, null, odd.getBytes(StandardCharsets.UTF_8));

        // then
        assertThat(answer.getStatus()).isEqualTo(202);
        assertThat(text(answer))
                .contains("\"tasks\":[\"loans-1\"]")
                .contains("{\"taskId\":\"loans-2\",\"reason\":\"line 1: bestValue: Infinity is not a finite number\"}");
        assertThat(MemoryMeters.ignored(meters)).isEqualTo(Map.of("import.passedOver", 1L));
    }

    @Test
    void twoImportsOfOneTaskAtOnceAreNotBothTaken() throws Exception {
        // given: a memory that has heard of neither
        String own = Json.text(record("study-1", 0));
        String others = own.replace("\"loans\"", "\"cards\"");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CyclicBarrier together = new CyclicBarrier(2);

        // when
        List<Future<Integer>> answers = new ArrayList<>();
        for (String file : List.of(own, others)) {
            answers.add(threads.submit(() -> {
                together.await();
                try (Response answer =
                        resource.take(Format.JSONL, null, null, null, file.getBytes(StandardCharsets.UTF_8))) {
                    return answer.getStatus();
                } catch (InvalidValueException e) {
                    return 400;
                }
            }));
        }
        List<Integer> statuses = new ArrayList<>();
        for (Future<Integer> answer : answers) {
            statuses.add(answer.get());
        }
        threads.shutdown();

        // then
        assertThat(statuses).containsExactlyInAnyOrder(202, 400);
        assertThat(written).hasSize(1);
    }

    @Test
    void whatKafkaDidNotTakeIsNobodys() throws IOException {
        // given
        AtomicBoolean down = new AtomicBoolean(true);
        Imports failing = new Imports(
                records -> {
                    if (down.get()) {
                        throw new KafkaException("no leader");
                    }
                },
                clock);
        MetaRecord own = record("study-1", 0);
        assertThatThrownBy(() -> failing.write(List.of(own), task -> Optional.empty()))
                .hasMessage("no leader");

        // when
        down.set(false);
        failing.write(List.of(ofModel(own, "cards")), task -> Optional.empty());

        // then
        assertThatThrownBy(() -> failing.write(List.of(own), task -> Optional.empty()))
                .hasMessageStartingWith("task 'study-1' is one of model 'cards' already");
    }

    private static MetaRecord ofModel(MetaRecord record, String model) {
        String text = Json.text(record).replace("\"loans\"", '"' + model + '"');
        return Json.read(text.getBytes(StandardCharsets.UTF_8), MetaRecord.class);
    }

    @Test
    void saysWhenToTryAgain() throws IOException {
        try (Response answer = resource.tooMany(new TooManyImportsException(100_000, Duration.ofMillis(89_500)))) {
            assertThat(answer.getStatus()).isEqualTo(429);
            assertThat(answer.getHeaderString("Retry-After")).isEqualTo("90");
            assertThat(text(answer)).contains("try again in 90 s");
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
