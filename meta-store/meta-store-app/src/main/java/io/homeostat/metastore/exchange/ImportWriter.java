package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.topic.Topics;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Writes imported records to their topic, all or none: a transaction, also when the process dies on the way. */
@Singleton
public class ImportWriter {
    private static final int MOST_BYTES = 16 * 1024 * 1024;

    private final Topics topics;
    private final String bootstrapServers;
    private @Nullable KafkaProducer<String, byte[]> producer;

    ImportWriter(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Writes them.
     *
     * @throws KafkaException if Kafka does not take them; then none is written
     */
    public synchronized void write(List<MetaRecord> records) {
        KafkaProducer<String, byte[]> writing = open();
        try {
            writing.beginTransaction();
            for (MetaRecord record : records) {
                byte[] value = topics.metaImports().valueSerde().serializer().serialize("", record);
                writing.send(new ProducerRecord<>(topics.metaImports().name(), record.model(), value));
            }
            writing.commitTransaction();
        } catch (KafkaException e) {
            close(); // aborts what is open; the next import begins with a new one
            throw e;
        }
    }

    private KafkaProducer<String, byte[]> open() {
        if (producer == null) {
            KafkaProducer<String, byte[]> made = new KafkaProducer<>(
                    Map.of(
                            "bootstrap.servers",
                            bootstrapServers,
                            "transactional.id",
                            topics.prefix() + "-imports-" + UUID.randomUUID(),
                            "max.request.size",
                            MOST_BYTES,
                            "compression.type",
                            "lz4",
                            "max.block.ms",
                            30_000),
                    new StringSerializer(),
                    new ByteArraySerializer());
            try {
                made.initTransactions();
            } catch (KafkaException e) {
                made.close(Duration.ZERO);
                throw e;
            }
            producer = made;
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(Duration.ofSeconds(2));
            producer = null;
        }
    }
}
