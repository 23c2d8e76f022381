package io.homeostat.detector.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.store.Agenda;
import io.homeostat.backbone.store.AgendaBuilder;
import io.homeostat.backbone.store.Storage;
import io.homeostat.backbone.topology.Progress;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpiriesTest {
    private static final long HOUR = 3_600_000;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long MINUTE = PATIENCE.toMillis();
    private final Agenda agenda =
            new AgendaBuilder("agenda", Storage.MEMORY).withLoggingDisabled().build();
    private final Expiries expiries = new Expiries(agenda, PATIENCE);

    @BeforeEach
    void started() {
        agenda.init(new MockProcessorContext<>().getStateStoreContext(), agenda);
        advance(expiries, "p:0", HOUR, 0);
        advance(expiries, "p:1", HOUR, 0);
        expiries.put("m", 2 * HOUR, "key");
    }

    private static List<String> advance(Expiries expiries, String partition, long millis, long nowMillis) {
        return expiries.advance("m", new Progress(partition, millis, millis, nowMillis), nowMillis);
    }

    @Test
    void aPartitionThatLagsHoldsTheTimeOfItsModel() {
        // when one is read hours ahead
        assertThat(advance(expiries, "p:1", HOUR, MINUTE)).isEmpty();
        assertThat(advance(expiries, "p:0", 9 * HOUR, MINUTE)).isEmpty();
        // then
        assertThat(expiries.time("m")).isEqualTo(HOUR);
        assertThat(advance(expiries, "p:1", 3 * HOUR, MINUTE)).containsExactly("key");
    }

    @Test
    void aPartitionThatSaysNothingForMinutesIsNotWaitedFor() {
        assertThat(advance(expiries, "p:0", 9 * HOUR, MINUTE)).isEmpty();
        assertThat(advance(expiries, "p:0", 9 * HOUR, 2 * MINUTE)).isEmpty();
        assertThat(advance(expiries, "p:0", 9 * HOUR, 3 * MINUTE)).containsExactly("key");
    }

    @Test
    void aPartitionThatIsAWeekBehindIsNotWaitedFor() {
        long ahead = 2 * HOUR + Expiries.MOST_LAG.toMillis();
        advance(expiries, "p:1", HOUR, MINUTE);
        assertThat(advance(expiries, "p:0", ahead - 1_000, MINUTE)).isEmpty();
        assertThat(advance(expiries, "p:0", ahead, MINUTE)).containsExactly("key");
    }

    @Test
    void nothingIsForgottenInTheFirstMinuteAfterAStart() {
        // given a process that was started anew, and has heard of one partition only
        Expiries anew = new Expiries(agenda, PATIENCE);
        // when
        assertThat(advance(anew, "p:0", 9 * HOUR, 5 * MINUTE)).isEmpty();
        assertThat(advance(anew, "p:1", HOUR, 5 * MINUTE + 1)).isEmpty();
        // then
        assertThat(advance(anew, "p:0", 9 * HOUR, 6 * MINUTE)).isEmpty();
        assertThat(advance(anew, "p:1", 9 * HOUR, 6 * MINUTE)).containsExactly("key");
    }
}
