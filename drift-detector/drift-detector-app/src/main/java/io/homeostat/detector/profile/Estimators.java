package io.homeostat.detector.profile;

import io.homeostat.backbone.event.EstimatorEvent;
import io.homeostat.backbone.event.ReferenceEvent;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/** What tells the versions' performance without labels, as this process's copy of the topic knows it; the newest few decoded. */
public final class Estimators {
    private static final int MOST_DECODED = 64;

    private final TimestampedKeyValueStore<String, EstimatorEvent> events;
    private final Map<String, PerformanceEstimator> decoded = new LinkedHashMap<>(16, .75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, PerformanceEstimator> eldest) {
            return size() > MOST_DECODED;
        }
    };

    public Estimators(ProcessorContext<?, ?> context, Topics topics) {
        this.events = context.getStateStore(SharedSources.storeOf(topics.estimators()));
    }

    /** A version's estimator, if there is one yet. */
    public Optional<PerformanceEstimator> of(String model, String modelVersion) {
        String key = ReferenceEvent.key(model, modelVersion);
        PerformanceEstimator known = decoded.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        ValueAndTimestamp<EstimatorEvent> found = events.get(key);
        if (found == null) {
            return Optional.empty();
        }
        PerformanceEstimator estimator =
                PerformanceEstimator.fromBytes(found.value().estimator());
        decoded.put(key, estimator);
        return Optional.of(estimator);
    }
}
