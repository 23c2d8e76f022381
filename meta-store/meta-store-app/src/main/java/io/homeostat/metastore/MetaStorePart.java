package io.homeostat.metastore;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.serde.JsonSerde;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.TopologyPart;
import io.homeostat.metastore.curate.Change;
import io.homeostat.metastore.curate.Curator;
import io.homeostat.metastore.curate.CuratorProcessor;
import io.homeostat.metastore.curate.MemoryMeters;
import io.homeostat.metastore.curate.ModelMemory;
import io.homeostat.metastore.record.EndedRollout;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.ImportedRecord;
import io.homeostat.metastore.record.Lesson;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The memory's share of the topology: studies and rollouts become lessons by model, lessons become records. */
@Singleton
public final class MetaStorePart implements TopologyPart {
    private final Curator curator;
    private final PunctuationType clock;
    private final MemoryMeters meters;

    /**
     * @param mostPerModel records kept of a model
     * @param keep how long a record is kept
     * @param clock {@code wall}, or {@code event}: only events make records old
     * @param meters where records and decisions are counted
     */
    public MetaStorePart(
            @ConfigProperty(name = "homeostat.memory.most-per-model") int mostPerModel,
            @ConfigProperty(name = "homeostat.memory.keep") Duration keep,
            @ConfigProperty(name = "homeostat.clock") String clock,
            MeterRegistry meters) {
        this.curator = new Curator(mostPerModel, keep);
        this.clock = clock.equalsIgnoreCase("event") ? PunctuationType.STREAM_TIME : PunctuationType.WALL_CLOCK_TIME;
        this.meters = new MemoryMeters(meters);
    }

    @Override
    public void addTo(StreamsBuilder builder, Topics topics, SharedSources sources) {
        builder.addStateStore(store(CuratorProcessor.MEMORIES, ModelMemory.class));
        builder.addStateStore(store(CuratorProcessor.RECORDS, MetaRecord.class));
        KStream<String, Change> changes = lessons(topics, sources)
                .process(
                        () -> new CuratorProcessor(curator, clock, meters),
                        CuratorProcessor.MEMORIES,
                        CuratorProcessor.RECORDS);
        changes.filterNot((key, change) -> change instanceof Change.Decided)
                .mapValues(MetaStorePart::recordOrTombstone)
                .to(
                        topics.metaRecords().name(),
                        Produced.with(Serdes.String(), topics.metaRecords().valueSerde()));
        changes.flatMapValues(change -> decision(change).stream().toList())
                .to(
                        topics.ledger().name(),
                        Produced.with(Serdes.String(), topics.ledger().valueSerde()));
    }

    /** All inputs by model: what belongs to one model is heard by one task, in one order. */
    private static KStream<String, Lesson> lessons(Topics topics, SharedSources sources) {
        KStream<String, Lesson> studies = sources.stream(topics.studies())
                .filter((key, study) -> study.finished())
                .map((key, study) -> byModel(study));
        KStream<String, Lesson> outcomes = sources.stream(topics.rollouts())
                .flatMap((key, rollout) -> EndedRollout.lesson(rollout)
                        .map(lesson -> List.of(KeyValue.pair(rollout.model(), lesson)))
                        .orElse(List.of()));
        KStream<String, Lesson> imports = sources.stream(topics.metaImports())
                .flatMap((key, record) -> ImportedRecord.lessons(record).stream()
                        .map(lesson -> KeyValue.pair(record.model(), lesson))
                        .toList());
        Serde<Lesson> serde = new JsonSerde<>(Lesson.class);
        return studies.merge(outcomes)
                .merge(imports)
                .repartition(Repartitioned.with(Serdes.String(), serde)
                        .withName("meta-store.lessons")
                        .withNumberOfPartitions(topics.partitions()));
    }

    private static KeyValue<String, Lesson> byModel(StudyEvent study) {
        return KeyValue.pair(study.model(), FinishedStudy.lesson(study));
    }

    private static @Nullable MetaRecord recordOrTombstone(Change change) {
        return change instanceof Change.Written written ? written.record() : null;
    }

    private static Optional<LedgerEntry> decision(Change change) {
        return change instanceof Change.Decided decided ? Optional.of(decided.entry()) : Optional.empty();
    }

    private static <V> StoreBuilder<KeyValueStore<String, V>> store(String name, Class<V> type) {
        return Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), new JsonSerde<>(type));
    }
}
