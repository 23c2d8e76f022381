package io.homeostat.backbone.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Topic<ModelSpec> MODELS = new Topics("t", 1, (short) 1).models();
    private static final TopicPartition PARTITION = new TopicPartition(MODELS.name(), 0);

    private final List<Map.Entry<String, String>> heard = Collections.synchronizedList(new ArrayList<>());
    private final ConcurrentLinkedQueue<MockConsumer<String, byte[]>> consumers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger polls = new AtomicInteger();
    private TopicFollower follower = follower(Start.beginning());

    @AfterEach
    void close() {
        follower.close();
    }

    @Test
    void handsOnWhatIsThereAndThenWhatComesWithTombstonesAndPassesOverTheRest() {
        // given
        MockConsumer<String, byte[]> consumer = consumer(0, 4);
        say(consumer, 0, "loans", spec("loans"));
        say(consumer, 1, "broken", "{");
        say(consumer, 2, null, spec("nobody"));
        say(consumer, 3, "loans", null);

        // when
        follower.start();
        await().atMost(PATIENCE).until(follower::caughtUp);
        say(consumer, 4, "taxis", spec("taxis"));

        // then
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard)
                        .containsExactly(
                                entry("loans", "loans"), new SimpleEntry<>("loans", null), entry("taxis", "taxis")));
        assertThat(polls.get()).isPositive();
    }

    @Test
    void isNotCaughtUpBeforeTheEndThatItFound() {
        // given
        MockConsumer<String, byte[]> consumer = consumer(0, 2);
        say(consumer, 0, "loans", spec("loans"));
        follower.start();
        await().atMost(PATIENCE).until(() -> heard.size() == 1);

        // when
        boolean early = follower.caughtUp();
        say(consumer, 1, "taxis", spec("taxis"));

        // then
        await().atMost(PATIENCE).until(follower::caughtUp);
        assertThat(early).isFalse();
    }

    @Test
    void afterAFailureItGoesOnWhereItStood() {
        // given
        MockConsumer<String, byte[]> first = consumer(0, 1);
        say(first, 0, "loans", spec("loans"));
        MockConsumer<String, byte[]> second = consumer(0, 2);
        follower.start();
        await().atMost(PATIENCE).until(follower::caughtUp);

        // when
        first.setPollException(new KafkaException("the broker is gone"));
        await().atMost(PATIENCE).until(() -> second.assignment().contains(PARTITION));
        say(second, 1, "taxis", spec("taxis"));

        // then
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(heard).containsExactly(entry("loans", "loans"), entry("taxis", "taxis")));
    }

    @Test
    void beginsWithTheLastOnesOrWithATime() {
        // given
        MockConsumer<String, byte[]> consumer = consumer(3, 10);
        MockConsumer<String, byte[]> timed = new MockConsumer<>("earliest") {
            @Override
            public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
                Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
                times.forEach((p, time) -> found.put(p, time > 1_000 ? null : new OffsetAndTimestamp(7, 1_000)));
                return found;
            }
        };
        timed.updateEndOffsets(Map.of(PARTITION, 10L));

        // then
        assertThat(Start.last(4).offsets(consumer, List.of(PARTITION))).containsEntry(PARTITION, 6L);
        assertThat(Start.last(40).offsets(consumer, List.of(PARTITION))).containsEntry(PARTITION, 3L);
        assertThat(Start.since(Instant.ofEpochMilli(900)).offsets(timed, List.of(PARTITION)))
                .containsEntry(PARTITION, 7L);
        assertThat(Start.since(Instant.ofEpochMilli(1_001)).offsets(timed, List.of(PARTITION)))
                .containsEntry(PARTITION, 10L);
    }

    private TopicFollower follower(Start start) {
        return new TopicFollower("test", consumers::poll, start)
                .follow(MODELS, (key, spec) -> heard.add(new SimpleEntry<>(key, spec == null ? null : spec.model())))
                .afterEachPoll(polls::incrementAndGet);
    }

    private MockConsumer<String, byte[]> consumer(long begin, long end) {
        MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
        Node node = new Node(0, "here", 1);
        consumer.updatePartitions(
                MODELS.name(),
                List.of(new PartitionInfo(MODELS.name(), 0, node, new Node[] {node}, new Node[] {node})));
        consumer.updateBeginningOffsets(Map.of(PARTITION, begin));
        consumer.updateEndOffsets(Map.of(PARTITION, end));
        consumers.add(consumer);
        return consumer;
    }

    /** A record that the next poll brings. */
    private static void say(MockConsumer<String, byte[]> consumer, long offset, String key, String value) {
        consumer.schedulePollTask(() -> consumer.addRecord(new ConsumerRecord<>(
                PARTITION.topic(), 0, offset, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8))));
    }

    private static String spec(String model) {
        return "{\"model\": \"" + model + "\", \"task\": \"binary\", \"features\": {\"x\": \"numeric\"}}";
    }
}
