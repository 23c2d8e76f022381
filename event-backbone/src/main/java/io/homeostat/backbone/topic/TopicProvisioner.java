package io.homeostat.backbone.topic;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sees to it that the topics are there: creates what is missing, or, where the cluster is locked down ({@code
 * homeostat.topics.provision=check}), names what is missing and stops the start.
 */
@Singleton
public class TopicProvisioner {
    private static final Logger LOG = Logger.getLogger(TopicProvisioner.class);
    private static final long PATIENCE_SECONDS = 60;

    private final String bootstrapServers;
    private final Mode mode;

    /** What to do about a missing topic. */
    public enum Mode {
        CREATE,
        CHECK
    }

    public TopicProvisioner(
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "homeostat.topics.provision") Mode mode) {
        this.bootstrapServers = bootstrapServers;
        this.mode = mode;
    }

    /** Creates or checks the topics. Errors: {@link IllegalStateException} naming what is missing or wrong. */
    public void provision(List<Topic<?>> topics) {
        try (Admin admin = admin()) {
            Set<String> there = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            List<Topic<?>> missing =
                    topics.stream().filter(t -> !there.contains(t.name())).toList();
            if (missing.isEmpty()) {
                return;
            }
            if (mode == Mode.CHECK) {
                throw new IllegalStateException(wanted(missing));
            }
            create(admin, missing);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka at " + bootstrapServers + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were provisioned", e);
        }
    }

    /** Which of these topics do not exist. Topics of the users are looked up and never made. */
    public List<String> missing(Collection<String> names) {
        try (Admin admin = admin()) {
            Set<String> there = admin.listTopics().names().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return names.stream().filter(name -> !there.contains(name)).toList();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("Kafka at " + bootstrapServers + " does not answer: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the topics were looked up", e);
        }
    }

    private Admin admin() {
        // it lives for one question; by default it would begin anew, and say so, thousands of times a second without a
        // broker
        return Admin.create(Map.of("bootstrap.servers", bootstrapServers, "metadata.recovery.strategy", "none"));
    }

    private static void create(Admin admin, List<Topic<?>> missing)
            throws ExecutionException, InterruptedException, TimeoutException {
        var created = admin.createTopics(missing.stream()
                .map(t -> new NewTopic(t.name(), t.partitions(), t.replication()).configs(t.settings()))
                .toList());
        for (KafkaFuture<Void> one : created.values().values()) {
            try {
                one.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        awaitKnown(admin, missing);
        awaitLed(admin, missing);
        LOG.infof("Created %d topics", missing.size());
    }

    /** A topic is created before every broker knows of it: whoever asks a broker that does not is told there is none. */
    private static void awaitKnown(Admin admin, List<Topic<?>> created)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<String> names = created.stream().map(Topic::name).toList();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!areKnown(admin, names)) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("topics were created, but are not known after " + PATIENCE_SECONDS + " s");
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean areKnown(Admin admin, List<String> names)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin.describeTopics(names).allTopicNames().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            admin.describeConfigs(names.stream()
                            .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                            .toList())
                    .all()
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    /**
     * A partition is known before its leader takes records. A producer whose first batch comes too soon, and the second
     * not, has the second taken and the first refused for two minutes, then dropped: its numbers are out of order.
     */
    private static void awaitLed(Admin admin, List<Topic<?>> created)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (Topic<?> topic : created) {
            for (int i = 0; i < topic.partitions(); i++) {
                asked.put(new TopicPartition(topic.name(), i), OffsetSpec.latest());
            }
        }
        // only a leader at work answers, and the client asks again until it does
        admin.listOffsets(asked).all().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String wanted(List<Topic<?>> missing) {
        List<String> lines = new ArrayList<>();
        lines.add(missing.size() + " topics are missing, and homeostat.topics.provision=check forbids to create them:");
        for (Topic<?> t : missing) {
            lines.add("  " + t.name() + "  partitions=" + t.partitions() + " replication=" + t.replication() + " "
                    + t.settings());
        }
        return String.join("\n", lines);
    }
}
