package io.homeostat.metastore.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.MetaRecord.Evaluation;
import io.homeostat.metastore.Studies;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImportsTest {
    private Instant now = Studies.T0;
    private int written;

    private final Imports imports =
            new Imports(records -> written += records.size(), ((InstantSource) () -> now).withZone(ZoneOffset.UTC));

    private void write(int from, int to) {
        imports.write(IntStream.range(from, to).mapToObj(ImportsTest::record).toList(), task -> Optional.empty());
    }

    private static MetaRecord record(int number) {
        Map<String, Object> point = Map.of("a", 1);
        List<Evaluation> trials = List.of(new Evaluation(point, 1, null));
        return new MetaRecord(
                "task-" + number,
                "loans",
                "lightgbm",
                "auc",
                "maximize",
                Studies.T0,
                Map.of(),
                Map.of(),
                point,
                1,
                trials,
                null,
                null,
                null,
                null);
    }

    @Test
    void whatIsKeptInMindIsBoundedAndWhoComesTooEarlyIsToldWhenToComeAgain() {
        // given
        write(0, 1_000);
        now = now.plusSeconds(100);
        write(1_000, Imports.MOST_UNDERWAY);

        // then: what is known already takes no place
        write(0, 10);
        write(500, 1_000);
        assertThat(written).isEqualTo(Imports.MOST_UNDERWAY + 510);
        assertThatThrownBy(() -> write(Imports.MOST_UNDERWAY, Imports.MOST_UNDERWAY + 490))
                .isInstanceOfSatisfying(
                        TooManyImportsException.class,
                        e -> assertThat(e.seconds()).isEqualTo(200))
                .hasMessage(
                        "100000 records were imported in the last minutes, and at most 100000 may be under way to the"
                                + " memory; try again in 200 s");
        assertThatThrownBy(() -> write(Imports.MOST_UNDERWAY, Imports.MOST_UNDERWAY + 491))
                .isInstanceOfSatisfying(
                        TooManyImportsException.class,
                        e -> assertThat(e.seconds()).isEqualTo(300));
        assertThat(written).isEqualTo(Imports.MOST_UNDERWAY + 510);

        // when
        now = now.plus(Duration.ofSeconds(200));
        write(Imports.MOST_UNDERWAY, Imports.MOST_UNDERWAY + 490);

        // then
        assertThat(written).isEqualTo(Imports.MOST_UNDERWAY + 1_000);
    }
}
