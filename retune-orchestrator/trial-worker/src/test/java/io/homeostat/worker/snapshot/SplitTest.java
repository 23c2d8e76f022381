package io.homeostat.worker.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.worker.History;
import io.homeostat.worker.task.TaskFailure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {
    @ParameterizedTest
    @CsvSource({
        "10000, 2000, 8800, 600, 600",
        "10000, 10000, 6000, 2000, 2000",
        "10000, 5, 9800, 100, 100",
        "200, 200, 120, 40, 40",
        "10000, , 6000, 2000, 2000"
    })
    void judgesOnTheRowsSinceTheChangeWhereTheyAreEnough(
            int rows, Integer since, int training, int validation, int holdout) {
        // given
        Instant change = since == null ? null : History.START.plusSeconds(rows - since);
        // when
        Split split = Split.of(rows(rows), change);
        // then
        assertThat(split).isEqualTo(new Split(training, validation, holdout));
    }

    @Test
    void aFifthIsForValidationWhereNoChangeIsSuspected() {
        // given
        Instant learned = History.START.plusSeconds(4_000 - 250);
        // when
        Split split = Split.steady(rows(4_000), learned);
        // then
        assertThat(split).isEqualTo(new Split(3_100, 800, 100));
    }

    @Test
    void tooFewRowsAreAReasonWithAWayOut() {
        // given
        List<Row> rows = rows(199);
        // when
        // then
        assertThatThrownBy(() -> Split.of(rows, null))
                .isInstanceOf(TaskFailure.class)
                .hasMessageContaining("199")
                .hasMessageContaining("200")
                .hasMessageContaining("more labels");
    }

    private static List<Row> rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Row(
                        "p" + i, History.START.plusSeconds(i), Map.of(), "1", History.START.plusSeconds(i), 0, i))
                .toList();
    }
}
