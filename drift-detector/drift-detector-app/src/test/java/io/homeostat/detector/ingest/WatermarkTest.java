package io.homeostat.detector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.topology.Progress;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WatermarkTest {
    private static final long HOUR = 3_600_000;
    private static final long MINUTE = 60_000;
    private static final long NOW = 1_000 * HOUR; // by the wall clock

    private final Watermark watermark = new Watermark();

    private void saw(String partition, long millis, long readAt) {
        watermark.saw(new Progress(partition, millis, millis, readAt), Math.max(NOW, readAt), MINUTE);
    }

    @Test
    void nothingIsKnownBeforeTheFirstRecord() {
        assertThat(watermark.time()).isEqualTo(Watermark.UNSEEN);
        assertThat(watermark.slowest()).isEqualTo(Watermark.UNSEEN);
        assertThat(watermark.newestOfLast()).isEqualTo(Watermark.UNSEEN);
    }

    @Test
    void whoReadsOnePartitionWaitsForNoOther() {
        // when: no note of when it was read
        saw(Progress.OWN, 5 * HOUR, Progress.NEVER);
        saw(Progress.OWN, 4 * HOUR, Progress.NEVER);
        // then
        assertThat(watermark.time()).isEqualTo(5 * HOUR);
        assertThat(watermark.newestOfLast()).isEqualTo(5 * HOUR);
    }

    @Test
    void timeIsThatOfTheSlowestPartition() {
        // when the present is read
        saw("p:0", NOW - 10, NOW);
        saw("p:1", NOW - 20, NOW);
        saw("p:0", NOW + 5, NOW + 5);
        // then
        assertThat(watermark.time()).isEqualTo(NOW - 20);
        assertThat(watermark.newestOfLast()).isEqualTo(NOW + 5);
        // and it does not go back with a late record
        saw("p:1", NOW - HOUR, NOW + 6);
        assertThat(watermark.time()).isEqualTo(NOW - 20);
        saw("p:1", NOW + 6, NOW + 6);
        assertThat(watermark.time()).isEqualTo(NOW + 5);
    }

    @Test
    void whoBeginsToReadThePastWaitsForPartitionsThatItHasNotHeardOf() {
        // when
        saw("p:0", HOUR, NOW);
        saw("p:0", 20 * HOUR, NOW + 1);
        assertThat(watermark.time()).isEqualTo(Watermark.UNSEEN);
        saw("p:1", 2 * HOUR, NOW + MINUTE - 1);
        assertThat(watermark.time()).isEqualTo(Watermark.UNSEEN);
        // then, for the patience
        saw("p:1", 3 * HOUR, NOW + MINUTE);
        assertThat(watermark.time()).isEqualTo(3 * HOUR);
        // and not again
        saw("p:2", HOUR, NOW + MINUTE + 1);
        assertThat(watermark.time()).isEqualTo(HOUR);
    }

    @Test
    void thatOneHasReachedThePresentSaysNothingOfThoseNotHeardOf() {
        // given
        saw("p:0", HOUR, NOW);
        saw("p:0", NOW, NOW);
        // then
        assertThat(watermark.waitsForTheFirst()).isTrue();
        assertThat(watermark.time()).isEqualTo(Watermark.UNSEEN);
    }

    @Test
    void whoReadsThePresentWaitsForNobodyUntilItMeetsThePast() {
        // when
        saw("p:0", NOW - MINUTE, NOW);
        assertThat(watermark.time()).isEqualTo(NOW - MINUTE);
        saw("p:1", NOW - 2 * HOUR, NOW);
        assertThat(watermark.time()).isEqualTo(Watermark.UNSEEN);
        // and what is late later is late and no beginning
        saw("p:1", NOW + MINUTE, NOW + MINUTE);
        saw("p:1", NOW - 2 * HOUR, NOW + MINUTE);
        // then
        assertThat(watermark.time()).isEqualTo(NOW - MINUTE);
    }

    @Test
    void aPartitionHoldsTheOthersUpForTwoMinutesAtMost() {
        // given two in the present, of which one says no more
        saw("p:0", NOW, NOW);
        saw("p:1", NOW, NOW);
        for (int second = 1; second < 400; second++) {
            // when
            long now = NOW + second * 1000;
            saw("p:0", now, now);
            // then
            assertThat(watermark.time()).isBetween(now - 2 * MINUTE, now);
            if (second < 60) {
                assertThat(watermark.time()).isEqualTo(NOW);
            } else if (second > 180) {
                assertThat(watermark.time()).as("quiet").isEqualTo(now);
            }
        }
        // and when it speaks again, it is where it was
        saw("p:1", NOW - HOUR, NOW + 400_000);
        assertThat(watermark.newestOfLast()).isEqualTo(NOW);
        assertThat(watermark.slowest()).isEqualTo(NOW);
    }

    @Test
    void afterAStopOfHoursPartitionsAreWaitedForAsBefore() {
        // given
        saw("p:0", NOW, NOW);
        saw("p:1", NOW, NOW);
        saw("p:1", NOW + MINUTE, NOW + MINUTE);
        saw("p:0", NOW + MINUTE, NOW + MINUTE);
        // when one is read first, hours later
        saw("p:0", NOW + 2 * HOUR, NOW + 6 * HOUR);
        saw("p:0", NOW + 6 * HOUR, NOW + 6 * HOUR + MINUTE - 1);
        // then
        assertThat(watermark.time()).isEqualTo(NOW + MINUTE);
    }

    @Test
    void aClockThatWasAheadByAnHourHoldsNobodyUpForAnHour() throws IOException {
        // given a process whose clock is ahead has read, and another one goes on
        saw("p:0", NOW + HOUR, NOW + HOUR);
        saw("p:1", NOW + HOUR, NOW + HOUR);
        Watermark moved = new Watermark();
        moved.read(new DataInputStream(new ByteArrayInputStream(bytes(watermark))));
        // when one partition says no more
        for (int second = 0; second < 200; second++) {
            long now = NOW + second * 1000;
            moved.saw(new Progress("p:0", NOW + HOUR + second * 1000, NOW + HOUR + second * 1000, now), now, MINUTE);
        }
        // then
        assertThat(moved.time()).isEqualTo(NOW + HOUR + 199_000);
    }

    @Test
    void whoseClockIsAheadOfTheReadersMeasuresOnlyHowLongNothingCame() {
        // given a process an hour ahead of those that read, and two minutes of silence
        long ahead = HOUR;
        watermark.saw(new Progress("p:0", NOW, NOW, NOW), NOW + ahead, MINUTE);
        watermark.saw(new Progress("p:1", NOW, NOW, NOW), NOW + ahead, MINUTE);
        assertThat(watermark.passed(NOW + ahead + MINUTE, MINUTE)).isTrue();
        assertThat(watermark.passed(NOW + ahead + 2 * MINUTE, MINUTE)).isTrue();
        // when one partition says no more
        for (int second = 121; second < 400; second++) {
            long now = NOW + second * 1000;
            watermark.saw(new Progress("p:0", now, now, now), now + ahead, MINUTE);
        }
        // then
        assertThat(watermark.time()).isEqualTo(NOW + 399_000);
    }

    @Test
    void withoutPatienceOnlyEventsMoveTime() {
        Watermark impatient = new Watermark();
        // when
        impatient.saw(new Progress("p:0", HOUR, HOUR, NOW), NOW, 0);
        // then
        assertThat(impatient.time()).isEqualTo(HOUR);
    }

    @Test
    void oneOfWhichOnlyItsTimeIsKnownGoesOnFromThere() {
        // given a state of an earlier release
        Watermark earlier = Watermark.at(5 * HOUR);
        // when
        earlier.saw(new Progress("p:0", 3 * HOUR, 3 * HOUR, NOW), NOW, MINUTE);
        // then
        assertThat(earlier.time()).isEqualTo(5 * HOUR);
        assertThat(earlier.waitsForTheFirst()).isFalse();
    }

    @Test
    void ofAPartitionThatMayGoBackYetTimeGoesOnOnceNothingComesAnyMore() {
        // given a task that does not know yet how far it has come
        watermark.saw(new Progress("pairs:0", Watermark.UNSEEN, 5 * HOUR, NOW), NOW, MINUTE);
        watermark.passed(NOW + MINUTE, MINUTE);
        assertThat(watermark.time()).isEqualTo(Watermark.UNSEEN);
        // when
        watermark.passed(NOW + 2 * MINUTE, MINUTE);
        // then
        assertThat(watermark.time()).isEqualTo(5 * HOUR);
    }

    @Test
    void soManyPartitionsAreToldApartAndNoMore() {
        // when
        for (int i = 0; i < 3 * Watermark.MOST; i++) {
            saw("p:" + i, NOW - i, NOW);
        }
        saw("p:" + 2 * Watermark.MOST, NOW - 2 * HOUR, NOW);
        // then: the others are one, and none of them is behind its own
        assertThat(watermark.newestOfLast()).isEqualTo(Watermark.UNSEEN);
        assertThat(watermark.slowest()).isEqualTo(NOW - Watermark.MOST);
        assertThat(bytes(watermark)).hasSizeLessThan(20 * Watermark.MOST);
    }

    @Test
    void theSlowestIsThatOfAllThatAreNotQuiet() {
        for (int seed = 0; seed < 100; seed++) {
            // given partitions of which some fall silent
            Random random = new Random(seed);
            Watermark all = new Watermark();
            Map<String, Long> newest = new HashMap<>();
            Map<String, Long> heardIn = new HashMap<>();
            long readAt = NOW;
            long round = 0;
            long roundBeganAt = Watermark.UNSEEN;
            for (int i = 0; i < 500; i++) {
                readAt += random.nextInt(10_000);
                String partition = "p:" + (int) Math.min(9, -Math.log(random.nextDouble()) * 2);
                long millis = readAt - random.nextInt(100_000);
                // when
                all.saw(new Progress(partition, millis, millis, readAt), readAt, MINUTE);
                newest.merge(partition, millis, Math::max);
                heardIn.put(partition, round);
                roundBeganAt = i == 0 ? readAt : roundBeganAt;
                if (readAt - roundBeganAt >= MINUTE) {
                    round++;
                    roundBeganAt = readAt;
                }
                // then
                long now = round;
                assertThat(all.slowest())
                        .isEqualTo(newest.entrySet().stream()
                                .filter(p -> now - heardIn.getOrDefault(p.getKey(), 0L) < 3)
                                .mapToLong(Map.Entry::getValue)
                                .min()
                                .orElseThrow());
            }
        }
    }

    @Test
    void whatIsKeptGoesOnExactlyWhereItWas() throws IOException {
        for (int seed = 0; seed < 50; seed++) {
            // given
            Random random = new Random(seed);
            Watermark whole = new Watermark();
            Watermark kept = new Watermark();
            long readAt = NOW;
            for (int i = 0; i < 400; i++) {
                // when: kept whole at first, then by its changes
                readAt += random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(2_000);
                long millis = readAt - random.nextInt(i < 100 ? 100_000_000 : 5_000);
                Progress progress = new Progress(
                        "p:" + random.nextInt(5),
                        random.nextInt(10) == 0 ? Watermark.UNSEEN : millis,
                        millis,
                        random.nextInt(20) == 0 ? Progress.NEVER : readAt);
                whole.saw(progress, readAt, MINUTE);
                if (random.nextInt(7) == 0) {
                    ByteArrayOutputStream change = new ByteArrayOutputStream();
                    whole.writeChange(new DataOutputStream(change));
                    whole.markKept();
                    kept.read(new DataInputStream(new ByteArrayInputStream(change.toByteArray())));
                    // then
                    assertThat(bytes(kept)).isEqualTo(bytes(whole));
                    Watermark copy = new Watermark();
                    copy.read(new DataInputStream(new ByteArrayInputStream(bytes(whole))));
                    assertThat(copy.time()).isEqualTo(whole.time());
                    whole = random.nextBoolean() ? copy : whole; // goes on after a restart
                }
            }
        }
    }

    private static byte[] bytes(Watermark watermark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            watermark.write(new DataOutputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
