package io.homeostat.detector;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.store.Storage;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.Received;
import io.homeostat.backbone.topology.ReceivedSerde;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.Stamp;
import io.homeostat.backbone.topology.TopologyPart;
import io.homeostat.detector.detect.ModelMonitor;
import io.homeostat.detector.ingest.Ingest;
import io.homeostat.detector.ingest.UserIngest;
import io.homeostat.detector.ingest.Watermark;
import io.homeostat.detector.ingest.mapping.FeatureRow;
import io.homeostat.detector.ingest.mapping.InferenceHalf;
import io.homeostat.detector.join.JoinStores;
import io.homeostat.detector.join.LabelJoin;
import io.homeostat.detector.join.PairJoin;
import io.homeostat.detector.profile.ModelFact;
import io.homeostat.detector.profile.ModelFactSerde;
import io.homeostat.detector.profile.SpareReferences;
import io.homeostat.detector.profile.WindowProfiler;
import io.homeostat.detector.profile.WindowShapes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The drift detector's share of the topology. */
@Singleton
public class DetectorPart implements TopologyPart {
    private final UserTopics userTopics;
    private final Storage storage;
    private final Duration patience;
    private volatile Set<String> named = Set.of();

    /**
     * A part that reads these topics of the users beside Homeostat's own, with its stores on disk.
     *
     * @param patience how long partitions are waited for, see {@link Watermark}; 0 where only events are to move time
     */
    @Inject
    public DetectorPart(UserTopics userTopics, @ConfigProperty(name = "homeostat.sources.patience") Duration patience) {
        this(userTopics, Storage.DISK, patience);
    }

    DetectorPart(UserTopics userTopics, Storage storage, Duration patience) {
        this.userTopics = userTopics;
        this.storage = storage;
        this.patience = patience;
    }

    @Override
    public void addTo(StreamsBuilder builder, Topics topics, SharedSources sources) {
        sources.globalTable(topics.models());
        sources.globalTable(topics.references());
        sources.globalTable(topics.estimators());
        JoinStores.addTo(builder, storage);
        builder.addStateStore(WindowProfiler.store(WindowProfiler.STORE, storage));
        builder.addStateStore(WindowProfiler.store(WindowProfiler.STORE_AT_SOURCE, storage));
        ModelMonitor.stores(storage).forEach(builder::addStateStore);

        KStream<String, Object> predictions = ingested(topics, topics.predictions(), sources);
        KStream<String, Object> labels = ingested(topics, topics.labels(), sources);
        KStream<String, Object> joined = DeadLetters.divert(
                byPrediction(predictions, topics.predictions(), topics)
                        .merge(byPrediction(labels, topics.labels(), topics))
                        .process(() -> new LabelJoin(topics, patience), LabelJoin.STATES, LabelJoin.EXPIRIES)
                        .peek((key, event) -> DetectorMeters.joined(event)),
                topics);
        to(joined, LabelledEvent.class, topics.labelled());

        KStream<String, Object> rows = userTopics.isEmpty() ? joined : joined.merge(usersOwn(builder, topics, sources));
        // a topic of facts each: merged before it, they would make one sub-topology of everything
        WindowShapes shapes = new WindowShapes();
        SpareReferences spare = new SpareReferences();
        String accepted = Ingest.acceptedOf(ingestOf(topics.predictions()));
        KStream<String, ModelFact> joinedFacts = rows.process(
                () -> new WindowProfiler(topics, WindowProfiler.STORE, shapes, spare, patience), WindowProfiler.STORE);
        KStream<String, ModelFact> factsAtSource = predictions.process(
                () -> new WindowProfiler(topics, WindowProfiler.STORE_AT_SOURCE, shapes, spare, patience),
                Named.as(accepted),
                WindowProfiler.STORE_AT_SOURCE);
        KStream<String, Object> facts = byModel(joinedFacts, "model-facts", topics)
                .merge(byModel(factsAtSource, "model-facts-at-source", topics));
        KStream<String, Object> routes = sources.stream(topics.routes()).mapValues(route -> (Object) route);
        KStream<String, Object> retunes = sources.stream(topics.retunes()).mapValues(retune -> (Object) retune);
        KStream<String, Object> decisions = facts.merge(routes)
                .merge(retunes)
                .process(() -> new ModelMonitor(topics, spare, shapes), ModelMonitor.storeNames());
        to(decisions, DriftSignal.class, topics.driftSignals());
        to(decisions, ProfileEvent.class, topics.profiles());
        to(decisions, EstimatorEvent.class, topics.estimators());
        to(decisions, LedgerEntry.class, topics.ledger());
        to(decisions, RetuneEvent.class, topics.retuneEvents());
        to(decisions, ReferenceEvent.class, topics.references());
    }

    /** A user's topic waits until a spec names it: only then is it known what its records mean. */
    @Override
    public boolean holds(String topic) {
        return userTopics.includes(topic) && !named.contains(topic);
    }

    /**
     * Maps the users' own records: predictions and labels into Homeostat's topics, as if they had been written there;
     * feature rows are returned. Nothing before the repartitions has state, as {@link SharedSources#userRecords} wants.
     */
    private KStream<String, Object> usersOwn(StreamsBuilder builder, Topics topics, SharedSources sources) {
        JoinStores.addPairsTo(builder, storage);
        KStream<String, Object> mapped = DeadLetters.divert(
                sources.userRecords(userTopics)
                        .process(() -> new UserIngest(topics, topicsOfSpecs -> named = topicsOfSpecs)),
                topics);
        KStream<String, Object> paired = DeadLetters.divert(
                spread(mapped, InferenceHalf.class, "inference-halves-by-id", topics)
                        .process(() -> new PairJoin(topics, patience), PairJoin.STATES, PairJoin.EXPIRIES),
                topics);
        // two sinks of one topic: a merge would make one sub-topology of the stateless and the stateful
        asReceived(mapped, PredictionEvent.class, topics.predictions());
        to(paired, PredictionEvent.class, topics.predictions());
        asReceived(mapped, LabelEvent.class, topics.labels());
        return spread(mapped, FeatureRow.class, "feature-rows", topics);
    }

    private static <V> KStream<String, Object> spread(
            KStream<String, Object> events, Class<V> type, String name, Topics topics) {
        return received(events, type)
                .repartition(Repartitioned.with(
                                Serdes.String(), new ReceivedSerde<>(() -> json -> Json.read(json, type)))
                        .withName("drift-detector." + name)
                        .withNumberOfPartitions(topics.partitions()))
                .mapValues(received -> (Object) received.event());
    }

    private static <V> void asReceived(KStream<String, Object> events, Class<V> type, Topic<V> topic) {
        received(events, type).to(topic.name(), Produced.with(Serdes.String(), new ReceivedSerde<>(topic)));
    }

    /** Events of a type with the bytes that they are written in. */
    @SuppressWarnings("unchecked") // what is in it was looked at
    private static <V> KStream<String, Received<V>> received(KStream<String, Object> events, Class<V> type) {
        return events.filter((key, value) -> value instanceof Received<?> received && type.isInstance(received.event()))
                .mapValues(received -> (Received<V>) received);
    }

    /**
     * What fits its spec. Only what is to be joined leaves the task that reads it: predictions of models that await no
     * labels are profiled there, in a sub-topology with no other input. Kafka Streams looks at each input before every
     * record, and an empty one costs it a microsecond.
     */
    private static <V> KStream<String, Object> ingested(Topics topics, Topic<V> topic, SharedSources sources) {
        String name = ingestOf(topic);
        return sources.received(topic).process(() -> new Ingest<V>(topics, name), Named.as(name));
    }

    private static String ingestOf(Topic<?> topic) {
        return "ingest." + topic.name();
    }

    private static <V> KStream<String, Object> byPrediction(
            KStream<String, Object> events, Topic<V> topic, Topics topics) {
        return DeadLetters.<Received<V>>divert(events, ingestOf(topic), topics)
                .process(Stamp::<Received<V>>underway)
                .repartition(Repartitioned.with(Serdes.String(), new ReceivedSerde<>(topic))
                        .withName("drift-detector." + topic.value().getSimpleName() + "-by-id")
                        .withNumberOfPartitions(topics.partitions()))
                .mapValues(event -> (Object) event);
    }

    /** What the rows say, at their model's key. */
    private static KStream<String, Object> byModel(KStream<String, ModelFact> facts, String name, Topics topics) {
        return facts.repartition(Repartitioned.with(Serdes.String(), new ModelFactSerde())
                        .withName("drift-detector." + name)
                        .withNumberOfPartitions(topics.partitions()))
                .mapValues(fact -> (Object) fact);
    }

    private static <V> void to(KStream<String, Object> events, Class<V> type, Topic<V> topic) {
        events.filter((key, event) -> type.isInstance(event))
                .mapValues(type::cast)
                .to(topic.name(), Produced.with(Serdes.String(), topic.valueSerde()));
    }
}
