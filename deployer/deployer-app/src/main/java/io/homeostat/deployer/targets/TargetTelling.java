package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/** Tells how routes are applied: in the topic of the targets, in the ledger and in meters. */
final class TargetTelling implements Listener, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TargetTelling.class);

    private final Topics topics;
    private final MeterRegistry meters;
    private final KafkaProducer<String, byte[]> producer;

    TargetTelling(Topics topics, String bootstrapServers, MeterRegistry meters) {
        this.topics = topics;
        this.meters = meters;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", true),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void attempted(String model, String target, Outcome outcome) {
        String name = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        meters.counter("homeostat.deployer.target.attempts", "model", model, "target", target, "outcome", name)
                .increment();
    }

    @Override
    public void told(TargetStatus status, Route route, boolean news) {
        send(topics.targets(), status.key(), status);
        if (news) {
            send(topics.ledger(), status.model(), line(status, route));
        }
    }

    static LedgerEntry line(TargetStatus status, Route route) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put("target", status.target());
        inputs.put("revision", status.revision());
        inputs.put("championVersion", route.champion().version());
        inputs.put("challengerPercent", route.challengerPercent());
        if (route.challenger() != null) {
            inputs.put("challengerVersion", route.challenger().version());
        }
        String rollout = route.rolloutId();
        return new LedgerEntry(
                status.model(),
                status.at(),
                LedgerEntry.Process.ROLLOUT,
                rollout == null ? "route-" + status.revision() : rollout,
                action(status.phase()),
                status.target() + ": " + status.reason(),
                inputs);
    }

    private static String action(TargetStatus.Phase phase) {
        return switch (phase) {
            case APPLIED -> "apply";
            case WAITING -> "apply waits";
            case FAILING -> "apply fails";
            case SUPERSEDED -> "apply superseded";
        };
    }

    private <V> void send(Topic<V> topic, String key, V value) {
        byte[] bytes = topic.valueSerde().serializer().serialize(topic.name(), value);
        var unused = producer.send(new ProducerRecord<>(topic.name(), key, bytes), (metadata, problem) -> {
            if (problem != null) {
                LOG.errorf("%s could not be told of %s: %s", topic.name(), key, problem.getMessage());
                meters.counter("homeostat.deployer.target.untold").increment();
            }
        });
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
