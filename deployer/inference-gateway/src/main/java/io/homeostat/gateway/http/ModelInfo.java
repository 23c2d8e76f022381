package io.homeostat.gateway.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.homeostat.gateway.serving.Scorer;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A model's metadata in the protocol.
 *
 * @param name the model
 * @param versions what is loaded: the champion first
 * @param platform what runs it
 * @param inputs one tensor per feature
 * @param outputs what comes back
 */
record ModelInfo(
        String name, List<String> versions, String platform, List<TensorInfo> inputs, List<TensorInfo> outputs) {
    static ModelInfo of(ServingModel serving, Version version) {
        List<String> versions = new ArrayList<>(List.of(serving.champion().name()));
        serving.challenger().map(Version::name).ifPresent(versions::add);
        String platform = (version == serving.champion()
                        ? serving.route().champion()
                        : Objects.requireNonNull(serving.route().challenger()))
                .artifact()
                .format();
        List<TensorInfo> inputs = version.scorer()
                .map(scorer -> scorer.features().stream().map(TensorInfo::of).toList())
                .orElse(List.of());
        return new ModelInfo(
                serving.route().model(),
                List.copyOf(versions),
                platform,
                inputs,
                List.of(
                        new TensorInfo("label", "BYTES", List.of(-1)),
                        new TensorInfo("score", "FP64", List.of(-1)),
                        new TensorInfo("probabilities", "FP64", List.of(-1, -1))));
    }

    /**
     * A tensor's form.
     *
     * @param name its name
     * @param datatype of its values
     * @param shape -1 for any
     */
    record TensorInfo(
            @JsonProperty("name") String name,
            @JsonProperty("datatype") String datatype,
            @JsonProperty("shape") List<Integer> shape) {
        static TensorInfo of(Scorer.Feature feature) {
            return new TensorInfo(feature.name(), feature.datatype(), List.of(-1));
        }
    }
}
