package io.homeostat.deployer;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.store.HeapStoreBuilder;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.TopologyPart;
import io.homeostat.deployer.decide.DeploymentCodec;
import io.homeostat.deployer.observe.Observation;
import io.homeostat.deployer.observe.Observations;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The deployer's share of the topology. */
@Singleton
public class DeployerPart implements TopologyPart {
    private final ClockSetting clock;
    private final DeployerMeters meters;

    /**
     * @param clock whether time passes without events
     * @param registry where the meters are
     */
    public DeployerPart(@ConfigProperty(name = "homeostat.clock") ClockSetting clock, MeterRegistry registry) {
        this.clock = clock;
        this.meters = new DeployerMeters(registry);
    }

    @Override
    public void addTo(StreamsBuilder builder, Topics topics, SharedSources sources) {
        sources.globalTable(topics.models());
        builder.addStateStore(new HeapStoreBuilder<>(ModelDeployer.STORE, new DeploymentCodec()));

        KStream<String, Object> candidates = sources.stream(topics.candidates()).mapValues(event -> (Object) event);
        KStream<String, Object> commands =
                sources.stream(topics.rolloutCommands()).mapValues(event -> (Object) event);
        KStream<String, Object> decisions = candidates
                .merge(commands)
                .merge(observations(topics, sources))
                .process(() -> new ModelDeployer(topics, clock, meters), ModelDeployer.STORE);
        to(decisions, LedgerEntry.class, topics.ledger());
        to(decisions, RolloutStatus.class, topics.rollouts());
        to(decisions, Route.class, topics.routes());
        to(decisions, DeadLetter.class, topics.deadLetters());
    }

    /** Requests and labels of rollouts, through one topic so that their order is kept. */
    private static KStream<String, Object> observations(Topics topics, SharedSources sources) {
        KStream<String, Observation> requests =
                sources.stream(topics.predictions()).flatMap((id, event) -> requestOf(event));
        KStream<String, Observation> outcomes =
                sources.stream(topics.labelled()).flatMap((id, event) -> outcomeOf(event));
        return requests.merge(outcomes)
                .repartition(Repartitioned.with(Serdes.String(), new JsonSerde<>(Observation.class))
                        .withName("deployer.observations")
                        .withNumberOfPartitions(topics.partitions()))
                .mapValues(observation -> (Object) observation);
    }

    private static List<KeyValue<String, Observation>> requestOf(PredictionEvent event) {
        return Observations.of(event).stream()
                .map(seen -> KeyValue.pair(event.model(), seen))
                .toList();
    }

    private static List<KeyValue<String, Observation>> outcomeOf(LabelledEvent event) {
        return Observations.of(event).stream()
                .map(seen -> KeyValue.pair(event.prediction().model(), seen))
                .toList();
    }

    private static <V> void to(KStream<String, Object> events, Class<V> type, Topic<V> topic) {
        events.filter((key, event) -> type.isInstance(event))
                .mapValues(type::cast)
                .to(topic.name(), Produced.with(Serdes.String(), topic.valueSerde()));
    }
}
