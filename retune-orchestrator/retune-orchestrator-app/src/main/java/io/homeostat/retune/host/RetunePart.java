package io.homeostat.retune.host;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.TrialDecision;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.TopologyPart;
import io.homeostat.retune.lifecycle.ModelState;
import io.homeostat.retune.lifecycle.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The orchestrator's share of the topology. */
@Singleton
public class RetunePart implements TopologyPart {
    /** The name of the store of what is kept of each model. */
    public static final String STORE = RetuneProcessor.STORE;

    private static final String MOST_STATE_BYTES = Integer.toString(16 * 1024 * 1024);

    private final Settings settings;
    private final RetuneMeters meters;

    @Inject
    RetunePart(
            @ConfigProperty(name = "homeostat.retune.task-timeout") Duration taskTimeout,
            @ConfigProperty(name = "homeostat.clock") ClockKind clock,
            MeterRegistry registry) {
        this(new Settings(taskTimeout, clock == ClockKind.EVENT), registry);
    }

    /** A part with these settings. */
    public RetunePart(Settings settings, MeterRegistry registry) {
        this.settings = settings;
        this.meters = new RetuneMeters(registry);
    }

    /** What moves time. */
    enum ClockKind {
        WALL,
        EVENT
    }

    @Override
    public void addTo(StreamsBuilder builder, Topics topics, SharedSources sources) {
        sources.globalTable(topics.models());
        RecordIndex records = new RecordIndex();
        RecordCopy.addTo(builder, topics, records);
        meters.remembers(records);
        builder.addStateStore(store());
        events(sources, topics.retuneEvents())
                .merge(events(sources, topics.trialReports()), Named.as("retune-orchestrator.wishes-and-reports"))
                .merge(events(sources, topics.routes()), Named.as("retune-orchestrator.events"))
                .process(
                        () -> new RetuneProcessor(topics, settings, records, meters),
                        Named.as("retune-orchestrator.lifecycle"),
                        STORE)
                .to(
                        (key, event, context) -> topic(topics, event).name(),
                        Produced.with(Serdes.String(), new JsonSerde<>(Object.class))
                                .withName("retune-orchestrator.said"));
    }

    @SuppressWarnings("unchecked") // a stream of one kind of events is read as one of any kind
    private static <V> KStream<String, Object> events(SharedSources sources, Topic<V> topic) {
        return (KStream<String, Object>) sources.stream(topic);
    }

    private static StoreBuilder<KeyValueStore<String, ModelState>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), StateForm.serde())
                .withLoggingEnabled(Map.of("max.message.bytes", MOST_STATE_BYTES));
    }

    private static Topic<?> topic(Topics topics, Object event) {
        if (event instanceof RetuneStatus) {
            return topics.retunes();
        } else if (event instanceof StudyEvent) {
            return topics.studies();
        } else if (event instanceof StudyEvent.TrialSummary) {
            return topics.trials();
        } else if (event instanceof WorkerTask) {
            return topics.trialTasks();
        } else if (event instanceof TrialDecision) {
            return topics.trialDecisions();
        } else if (event instanceof CandidateEvent) {
            return topics.candidates();
        } else if (event instanceof LedgerEntry) {
            return topics.ledger();
        } else if (event instanceof DeadLetter) {
            return topics.deadLetters();
        }
        throw new IllegalStateException(event.getClass() + " has no topic");
    }
}
