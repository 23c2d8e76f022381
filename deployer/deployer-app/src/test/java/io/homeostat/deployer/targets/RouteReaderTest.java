package io.homeostat.deployer.targets;

import static io.homeostat.deployer.targets.Routes.serves;
import static io.homeostat.deployer.targets.Routes.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.backbone.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of the topic of the routes comes to the targets. */
class RouteReaderTest {
    private static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);
    private static final TopicPartition PARTITION =
            new TopicPartition(TOPICS.routes().name(), 0);

    private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
    private final List<Long> routed = new ArrayList<>();
    private final Time time = new Time();
    private final Applications applications = new Applications(
            model -> Optional.of(List.of(new TargetSpec(null, null, null, new TargetSpec.Webhook("x"), null))),
            spec -> new Recording(),
            key -> Optional.empty(),
            time,
            time,
            new Listener() {
                @Override
                public void attempted(String model, String target, Outcome outcome) {}

                @Override
                public void told(TargetStatus status, Route route, boolean news) {}
            });
    private final RouteReader reader = new RouteReader(TOPICS, () -> consumer, applications);

    @BeforeEach
    void subscribe() {
        reader.begin(consumer);
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
    }

    private void say(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(PARTITION.topic(), 0, offset, "loans", value));
    }

    private void read() {
        reader.read(consumer);
        time.pass(Duration.ofMillis(1));
    }

    @Test
    void routesOfThePastNeverComeIntoForceAgain() {
        consumer.updateEndOffsets(Map.of(PARTITION, 3L));
        consumer.rebalance(List.of(PARTITION));
        say(0, Json.bytes(serves(1, "v1")));
        say(1, Json.bytes(shared(2, "v1", "v2", 50)));
        read();
        assertThat(routed).isEmpty();
        // when: the end, as it was when the partition was assigned, is reached
        say(2, Json.bytes(serves(3, "v1")));
        read();
        // then
        assertThat(routed).containsExactly(3L);
        say(3, Json.bytes(shared(4, "v1", "v3", 5)));
        read();
        assertThat(routed).containsExactly(3L, 4L);
    }

    @Test
    void whatCannotBeReadIsPassedOver() {
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        consumer.rebalance(List.of(PARTITION));
        say(0, "{not json".getBytes(StandardCharsets.UTF_8));
        say(1, null);
        say(2, Json.bytes(serves(1, "v1")));
        read();
        assertThat(routed).containsExactly(1L);
    }

    @Test
    void partitionThatGoesToAnotherProcessTakesItsModelsAlong() {
        consumer.updateEndOffsets(Map.of(PARTITION, 0L));
        consumer.rebalance(List.of(PARTITION));
        say(0, Json.bytes(serves(1, "v1")));
        read();
        // when
        consumer.rebalance(List.of());
        time.pass(Duration.ofHours(1));
        // then
        assertThat(routed).containsExactly(1L);
    }

    /** Forgets what it was told: it is told again at every look. */
    private final class Recording implements ServingTarget {
        @Override
        public Observed wanted(Route route) {
            return Observed.of(route);
        }

        @Override
        public Observed observe(Route route) {
            return Observed.NOTHING;
        }

        @Override
        public Readiness ready(Route route, Route.Target version, double percentNow) {
            return Readiness.DONE;
        }

        @Override
        public void route(Route route) {
            routed.add(route.revision());
        }

        @Override
        public Readiness scale(Route route) {
            return Readiness.DONE;
        }
    }
}
