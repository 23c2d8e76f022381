package io.homeostat.backbone.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HoldingConsumerTest {
    private static final TopicPartition KNOWN = new TopicPartition("known", 0);
    private static final TopicPartition WAITS = new TopicPartition("waits", 0);

    private final MockConsumer<byte[], byte[]> broker = new MockConsumer<>(AutoOffsetResetStrategy.EARLIEST.name());
    private final Set<String> named = new HashSet<>(Set.of("known"));
    private final Consumer<byte[], byte[]> consumer = HoldingConsumer.of(broker, topic -> !named.contains(topic));

    @BeforeEach
    void oneRecordStandsInEachTopic() {
        broker.assign(List.of(KNOWN, WAITS));
        broker.updateBeginningOffsets(Map.of(KNOWN, 0L, WAITS, 0L));
        broker.updateEndOffsets(Map.of(KNOWN, 1L, WAITS, 1L));
        for (TopicPartition partition : List.of(KNOWN, WAITS)) {
            broker.addRecord(new ConsumerRecord<>(partition.topic(), 0, 0, new byte[0], new byte[0]));
        }
    }

    private List<String> polled() {
        return consumer.poll(Duration.ZERO).partitions().stream()
                .map(TopicPartition::topic)
                .toList();
    }

    @Test
    void whatIsHeldIsReadFromItsBeginningOnceItIsNot() {
        assertThat(polled()).containsExactly("known");
        assertThat(polled()).isEmpty();
        // when
        named.add("waits");
        // then
        assertThat(polled()).containsExactly("waits");
    }

    @Test
    void whoeverUsesItCannotResumeWhatIsHeldAndSeesNoLagThere() {
        consumer.resume(List.of(KNOWN, WAITS));
        assertThat(polled()).containsExactly("known");
        consumer.resume(List.of(KNOWN, WAITS));
        assertThat(polled()).isEmpty();
        assertThat(consumer.currentLag(WAITS)).isEqualTo(OptionalLong.of(0));
    }

    @Test
    void whatIsReleasedStaysPausedWhereTheUserHasPausedIt() {
        consumer.pause(List.of(WAITS));
        polled();
        named.add("waits");
        // then
        assertThat(polled()).isEmpty();
        consumer.resume(List.of(WAITS));
        assertThat(polled()).containsExactly("waits");
    }

    @Test
    void whatIsNamedNoMoreWaitsAgain() {
        named.add("waits");
        assertThat(polled()).containsExactlyInAnyOrder("known", "waits");
        named.remove("waits");
        broker.addRecord(new ConsumerRecord<>("waits", 0, 1, new byte[0], new byte[0]));
        assertThat(polled()).isEmpty();
        // when
        named.add("waits");
        // then
        assertThat(polled()).containsExactly("waits");
    }

    @Test
    void problemsArePassedOnAsTheyAre() {
        broker.close();
        assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
    }
}
