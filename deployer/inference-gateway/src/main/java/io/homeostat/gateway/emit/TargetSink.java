package io.homeostat.gateway.emit;

import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.topic.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes how far routes are at this gateway to the topic of the targets. Its producer is made when there is something to say. */
public final class TargetSink implements Consumer<TargetStatus>, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TargetSink.class);

    private final Topics topics;
    private final String bootstrapServers;
    private @Nullable KafkaProducer<String, byte[]> producer;

    public TargetSink(Topics topics, String bootstrapServers) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
    }

    /** Tells of it; what Kafka does not take is logged. */
    @Override
    public void accept(TargetStatus status) {
        String topic = topics.targets().name();
        byte[] value = topics.targets().valueSerde().serializer().serialize(topic, status);
        try {
            Future<?> unused = open().send(new ProducerRecord<>(topic, status.key(), value), (metadata, problem) -> {
                if (problem != null) {
                    untold(status, problem);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            untold(status, e);
        }
    }

    private static void untold(TargetStatus status, Exception problem) {
        LOG.warnf("%s could not be told of: %s", status.key(), problem.getMessage());
    }

    private synchronized KafkaProducer<String, byte[]> open() {
        if (producer == null) {
            producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", true, "max.block.ms", 2_000),
                    new StringSerializer(),
                    new ByteArraySerializer());
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(1));
        }
    }
}
