package io.homeostat.detector.api;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.SharedSources;
import io.homeostat.backbone.topology.StreamsHost;
import jakarta.inject.Singleton;
import org.apache.kafka.streams.state.QueryableStoreTypes;

/** Which models are registered. */
@Singleton
class KnownModels {
    private final Topics topics;
    private final StreamsHost streams;

    KnownModels(Topics topics, StreamsHost streams) {
        this.topics = topics;
        this.streams = streams;
    }

    /** Errors: 404 for a model without a spec, 503 while the specs are being read. */
    void check(String model) {
        boolean known = streams.store(
                                SharedSources.storeOf(topics.models()),
                                QueryableStoreTypes.<String, ModelSpec>timestampedKeyValueStore())
                        .orElseThrow(() -> new AnswerException(503, "the detector is starting; try again in a second"))
                        .get(model)
                != null;
        if (!known) {
            throw new AnswerException(
                    404, "model: '" + model + "' is not registered; PUT its spec to /api/v1/models/" + model);
        }
    }
}
