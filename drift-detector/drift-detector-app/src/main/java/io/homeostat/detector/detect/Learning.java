package io.homeostat.detector.detect;

import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.WatchSpec;
import io.homeostat.backbone.store.HeapStore;
import io.homeostat.backbone.store.HeapStoreBuilder;
import io.homeostat.backbone.store.StateCodec;
import io.homeostat.backbone.store.Storage;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.detector.profile.KnownReference;
import io.homeostat.detector.profile.References;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.performance.Task;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.profile.ReferenceLearner;
import io.homeostat.drift.statistics.profile.RowSample;
import io.homeostat.drift.statistics.profile.Schema;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the reference of a version that has none: what came with it, as soon as it is there; otherwise what its first rows
 * teach. A learner is a state of its own, as it is large and changes with a window only, not with every outcome.
 */
final class Learning {
    /** Store of the learners. */
    static final String STORE = "drift-detector.learners";

    private final HeapStore<ReferenceLearner> learners;
    private final References references;

    Learning(HeapStore<ReferenceLearner> learners, References references) {
        this.learners = learners;
        this.references = references;
    }

    static HeapStoreBuilder<?> store(Storage storage) {
        HeapStoreBuilder<?> store = new HeapStoreBuilder<>(STORE, new Codec(), storage);
        store.withLoggingEnabled(Map.of("max.message.bytes", Integer.toString(Topic.MOST_STATE_BYTES)));
        return store;
    }

    /**
     * A reference that was found.
     *
     * @param known the reference
     * @param learned whether it was learned, of its version's first rows
     */
    record Found(KnownReference known, boolean learned) {
        Reference reference() {
            return known.reference();
        }
    }

    /** What came with a version that goes by a learned reference so far, or by none. */
    Optional<Found> given(String model, String version) {
        Optional<Found> given = references.given(model, version).map(r -> new Found(r, false));
        given.ifPresent(g -> forget(model, version));
        return given;
    }

    /** A reference for a version that has none. */
    Optional<Found> find(ModelSpec spec, String version) {
        return given(spec.model(), version)
                .or(() -> references
                        .learned(spec.model(), version, SpecMapping.schema(spec))
                        .map(r -> new Found(r, true)));
    }

    /** Takes in rows of a version that has none; the reference, if they complete one. */
    Optional<Reference> learn(ModelSpec spec, String version, RowSample rows) {
        Schema schema = SpecMapping.schema(spec);
        if (!rows.schema().equals(schema)) {
            return Optional.empty(); // of before the spec was changed
        }
        String key = ReferenceEvent.key(spec.model(), version);
        ReferenceLearner learner = learners.get(key)
                .filter(l -> l.schema().equals(schema))
                .orElseGet(() ->
                        new ReferenceLearner(schema, Task.valueOf(spec.task().name()), version));
        learner.add(rows);
        learners.put(key, learner);
        WatchSpec.Reference enough = spec.watch().reference();
        Optional<Reference> learned = learner.reference(
                enough.rows(),
                enough.time().value(),
                enough.offset(),
                spec.watch().window().value(),
                spec.watch().joint());
        learned.ifPresent(reference -> forget(spec.model(), version));
        return learned;
    }

    /** Looks no more at a version. */
    void forget(String model, String version) {
        learners.delete(ReferenceEvent.key(model, version));
    }

    private static final class Codec implements StateCodec<ReferenceLearner> {
        @Override
        public byte[] encode(ReferenceLearner state) {
            return state.toBytes();
        }

        @Override
        public ReferenceLearner decode(byte[] bytes) {
            return ReferenceLearner.fromBytes(bytes);
        }
    }
}
