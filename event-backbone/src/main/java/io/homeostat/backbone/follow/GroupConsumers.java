package io.homeostat.backbone.follow;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Consumers that share topics as a group. */
public final class GroupConsumers {
    private GroupConsumers() {}

    /**
     * Makes consumers that begin at the earliest record and commit nothing by themselves. Who has died is replaced within seconds.
     *
     * @param group its name
     * @param mostRecords of a poll, 1 and up
     */
    public static Supplier<Consumer<String, byte[]>> of(String bootstrapServers, String group, int mostRecords) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "group.id",
                group,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "max.poll.records",
                mostRecords,
                "session.timeout.ms",
                6_000,
                "heartbeat.interval.ms",
                1_000);
        return () -> new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    }
}
