package io.homeostat.standalone.loop;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * What the loop has decided about one model, followed on its topics as any observer could: committed records only, from
 * their beginning. Kept: the newest status of every re-tune, study and rollout, the routes, and the events of re-tuning;
 * a scenario's few, not a cluster's many.
 */
public final class LoopView implements AutoCloseable {
    private static final Set<String> NOT_TAKEN_UP = Set.of("refuse", "merge");

    private final Topics topics;
    private final String model;
    private final KafkaConsumer<String, byte[]> consumer;
    private final Thread follower;
    private final List<Consumer<Object>> listeners = new ArrayList<>();

    private final List<RetuneEvent> retuneEvents = new ArrayList<>();
    private final Map<String, RetuneStatus> retunes = new LinkedHashMap<>();
    private final Map<String, StudyEvent> studies = new LinkedHashMap<>();
    private final Map<String, RolloutStatus> rollouts = new LinkedHashMap<>();
    private final Set<String> notTakenUp = new HashSet<>();
    private final List<Route> routes = new ArrayList<>();
    private final Map<DeadLetter.Reason, Long> deadLetters = new HashMap<>();
    private volatile boolean closed;

    /** Follows a model's decisions. */
    public LoopView(String bootstrapServers, Topics topics, String model) {
        this.topics = topics;
        this.model = model;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "isolation.level", "read_committed",
                        "fetch.max.wait.ms", "20"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = followed().stream()
                .flatMap(t -> consumer.partitionsFor(t.name()).stream())
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        follower = new Thread(this::follow, "loop-view");
        follower.setDaemon(true);
    }

    private Collection<Topic<?>> followed() {
        return List.of(
                topics.ledger(),
                topics.retuneEvents(),
                topics.retunes(),
                topics.studies(),
                topics.rollouts(),
                topics.routes(),
                topics.deadLetters());
    }

    /** Also hands every event to a listener, in the order in which it is read. Call before {@link #start}. */
    public LoopView listen(Consumer<Object> listener) {
        listeners.add(listener);
        return this;
    }

    /** Begins to follow. */
    public LoopView start() {
        follower.start();
        return this;
    }

    private void follow() {
        try {
            while (!closed) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    read(record);
                }
            }
        } catch (WakeupException expected) {
            // closed
        } finally {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
        }
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        for (Topic<?> topic : followed()) {
            if (topic.name().equals(record.topic()) && record.value() != null) {
                Object event = topic.valueSerde().deserializer().deserialize(record.topic(), record.value());
                if (keep(event)) {
                    listeners.forEach(l -> l.accept(event));
                }
            }
        }
    }

    private synchronized boolean keep(Object event) {
        boolean ours = true;
        if (event instanceof RetuneEvent e && e.model().equals(model)) {
            retuneEvents.add(e);
        } else if (event instanceof RetuneStatus s && s.model().equals(model)) {
            retunes.put(s.retuneId(), s);
        } else if (event instanceof StudyEvent s && s.model().equals(model)) {
            studies.put(s.studyId(), s);
        } else if (event instanceof RolloutStatus s && s.model().equals(model)) {
            rollouts.put(s.rolloutId(), s);
        } else if (event instanceof Route r && r.model().equals(model)) {
            routes.add(r);
        } else if (event instanceof DeadLetter d) {
            deadLetters.merge(d.reason(), 1L, Long::sum);
        } else if (event instanceof LedgerEntry l && l.model().equals(model)) {
            if (l.process() == LedgerEntry.Process.RETUNE && NOT_TAKEN_UP.contains(l.action())) {
                notTakenUp.add(l.subject());
            }
        } else {
            ours = false;
        }
        notifyAll();
        return ours;
    }

    /** Waits until the view fulfils a condition. Errors: {@link IllegalStateException} naming what did not come. */
    public synchronized void await(Duration patience, String what, Predicate<LoopView> condition) {
        long end = System.nanoTime() + patience.toNanos();
        while (!condition.test(this)) {
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("waited " + patience.toSeconds() + " s in vain for " + what
                        + "; seen: retunes " + retunes.values() + ", rollouts " + rollouts.values());
            }
            try {
                wait(Math.max(1, left / 1_000_000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting for " + what, e);
            }
        }
    }

    /** The wishes to re-tune, oldest first. */
    public synchronized List<RetuneEvent> retuneEvents() {
        return List.copyOf(retuneEvents);
    }

    /** The newest status of a re-tune. */
    public synchronized Optional<RetuneStatus> retune(String id) {
        return Optional.ofNullable(retunes.get(id));
    }

    /** Whether a wish to re-tune was refused, or merged into one under way. */
    public synchronized boolean notTakenUp(String retuneId) {
        return notTakenUp.contains(retuneId);
    }

    /** The newest status of every re-tune, oldest re-tune first. */
    public synchronized List<RetuneStatus> retunes() {
        return List.copyOf(retunes.values());
    }

    /** The newest state of a study. */
    public synchronized Optional<StudyEvent> study(String id) {
        return Optional.ofNullable(studies.get(id));
    }

    /** The newest status of a rollout. */
    public synchronized Optional<RolloutStatus> rollout(String id) {
        return Optional.ofNullable(rollouts.get(id));
    }

    /** The newest status of every rollout, oldest rollout first. */
    public synchronized List<RolloutStatus> rollouts() {
        return List.copyOf(rollouts.values());
    }

    /** The newest route. */
    public synchronized Optional<Route> route() {
        return routes.isEmpty() ? Optional.empty() : Optional.of(routes.get(routes.size() - 1));
    }

    /** How many dead letters there are, by reason. */
    public synchronized Map<DeadLetter.Reason, Long> deadLetters() {
        return Map.copyOf(deadLetters);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
    }
}
