package io.homeostat.backbone.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final long NOW = 5_000;
    private final Partitions partitions = new Partitions();

    private static Record<String, String> record(long millis, Headers headers) {
        return new Record<>("key", "value", millis, headers);
    }

    @Test
    void whatWasReadJustNowIsOfTheOnePartition() {
        assertThat(Progress.of(record(1_000, new RecordHeaders()), partitions, NOW))
                .isEqualTo(new Progress(Progress.OWN, 1_000, 1_000, Progress.NEVER));
    }

    @Test
    void whatStandsForAnotherRecordIsOfThatOnesPartition() {
        // given
        Record<String, String> record = record(1_000, DeadLetters.standingFor("shop.rows:3:77"));
        // when
        Progress.stamp(record, 4_000);
        // then
        assertThat(Progress.of(record, partitions, NOW)).isEqualTo(new Progress("shop.rows:3", 1_000, 1_000, 4_000));
    }

    @Test
    void whatIsReadOnceMoreOnItsWayIsInOrderOnlyBesideWhatWentTheSameWay() {
        // given
        Record<String, String> record = record(1_000, DeadLetters.standingFor("shop.rows:3:77"));
        Progress.stamp(record, 3_000);
        // when
        Progress.stampOnItsWay(record, 5, 4_000);
        // then
        assertThat(Progress.of(record, partitions, NOW)).isEqualTo(new Progress("shop.rows:3>5", 1_000, 1_000, 4_000));
        // and what was read there first went no way
        Record<String, String> first = record(1_000, DeadLetters.standingFor("predictions:3:77"));
        Progress.stampOnItsWay(first, 3, 4_000);
        assertThat(Progress.of(first, partitions, NOW)).isEqualTo(new Progress("predictions:3", 1_000, 1_000, 4_000));
    }

    @Test
    void whatATaskSaysOfItselfStaysWhenTheRecordIsReadAgain() {
        // given
        Record<String, String> record = record(3_000, DeadLetters.standingFor("shop.rows:3:77"));
        new Progress("pairs:2", 1_000, 1_000, 2_000).noteOn(record);
        assertThat(Progress.of(record, partitions, NOW)).isEqualTo(new Progress("pairs:2", 1_000, 3_000, 2_000));
        // when
        Progress.stampOnItsWay(record, 7, 4_000);
        // then
        assertThat(Progress.of(record, partitions, NOW)).isEqualTo(new Progress("pairs:2>7", 1_000, 3_000, 4_000));
    }

    @Test
    void whoeverWritesHeadersMovesNoTimeAheadOfTheRecordAndTheWallClock() {
        Record<String, String> record = record(3_000, new RecordHeaders());
        new Progress("x", Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE).noteOn(record);
        assertThat(Progress.of(record, partitions, NOW)).isEqualTo(new Progress("x", 3_000, 3_000, NOW));
        // and what is none is passed over
        for (int length : new int[] {0, 7, 10_000}) {
            Headers headers = new RecordHeaders().add("homeostat-progress", new byte[length]);
            assertThat(Progress.of(record(3_000, headers), partitions, NOW).readAtMillis())
                    .isEqualTo(Progress.NEVER);
        }
    }

    @Test
    void whatIsLeftFromTheWritersOwnReadingIsTakenOffAtTheSource() {
        // given a record that somebody read from a topic within, and wrote as it was, and one that stands for another
        Record<String, String> copied = record(3_000, new RecordHeaders());
        new Progress("x", 1, 1, 2).noteOn(copied);
        Record<String, String> standing = record(3_000, DeadLetters.standingFor("shop.rows:3:77"));
        new Progress("x", 1, 1, 2).noteOn(standing);
        // when
        DeadLetters.unstamp(copied);
        DeadLetters.unstamp(standing);
        // then
        assertThat(Progress.of(copied, partitions, NOW).partition()).isEqualTo(Progress.OWN);
        assertThat(Progress.of(standing, partitions, NOW).partition()).isEqualTo("x");
    }
}
