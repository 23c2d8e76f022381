package io.homeostat.detector;

import io.homeostat.backbone.event.DriftSignal;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.ProfileEvent;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.DeadLetters;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.TopologyPart;
import io.homeostat.detector.detect.ModelMonitor;
import io.homeostat.detector.ingest.Ingest;
import io.homeostat.detector.join.JoinStores;
import io.homeostat.detector.join.LabelJoin;
import io.homeostat.detector.profile.ModelFact;
import io.homeostat.detector.profile.WindowProfiler;
import jakarta.inject.Singleton;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;

/** The drift detector's share of the topology. */
@Singleton
public class DetectorPart implements TopologyPart {
    @Override
    public void addTo(StreamsBuilder builder, Topics topics, SharedSources sources) {
        sources.globalTable(topics.models());
        sources.globalTable(topics.references());
        JoinStores.addTo(builder);
        builder.addStateStore(WindowProfiler.store());
        builder.addStateStore(ModelMonitor.store());

        KStream<String, Object> predictions =
                byPrediction(topics, topics.predictions(), sources, PredictionEvent.class);
        KStream<String, Object> labels = byPrediction(topics, topics.labels(), sources, LabelEvent.class);
        KStream<String, Object> joined = DeadLetters.divert(
                predictions.merge(labels).process(() -> new LabelJoin(topics), LabelJoin.STATES, LabelJoin.EXPIRIES),
                topics);
        to(joined, LabelledEvent.class, topics.labelled());

        KStream<String, Object> facts = joined.process(() -> new WindowProfiler(topics), WindowProfiler.STORE)
                .repartition(Repartitioned.with(Serdes.String(), serde(ModelFact.class))
                        .withName("drift-detector.model-facts")
                        .withNumberOfPartitions(topics.partitions()))
                .mapValues(fact -> (Object) fact);
        KStream<String, Object> routes = sources.stream(topics.routes()).mapValues(route -> (Object) route);
        KStream<String, Object> retunes = sources.stream(topics.retunes()).mapValues(retune -> (Object) retune);
        KStream<String, Object> decisions =
                facts.merge(routes).merge(retunes).process(() -> new ModelMonitor(topics), ModelMonitor.STORE);
        to(decisions, DriftSignal.class, topics.driftSignals());
        to(decisions, ProfileEvent.class, topics.profiles());
        to(decisions, LedgerEntry.class, topics.ledger());
        to(decisions, RetuneEvent.class, topics.retuneEvents());
    }

    private static <V> KStream<String, Object> byPrediction(
            Topics topics, Topic<V> topic, SharedSources sources, Class<V> type) {
        KStream<String, V> valid =
                DeadLetters.divert(sources.stream(topic).process(() -> new Ingest<V>(topics)), topics);
        return valid.repartition(Repartitioned.with(Serdes.String(), serde(type))
                        .withName("drift-detector." + topic.value().getSimpleName() + "-by-id")
                        .withNumberOfPartitions(topics.partitions()))
                .mapValues(event -> (Object) event);
    }

    private static <V> void to(KStream<String, Object> events, Class<V> type, Topic<V> topic) {
        events.filter((key, event) -> type.isInstance(event))
                .mapValues(type::cast)
                .to(topic.name(), Produced.with(Serdes.String(), topic.valueSerde()));
    }

    private static <V> Serde<V> serde(Class<V> type) {
        return new JsonSerde<>(type);
    }
}
