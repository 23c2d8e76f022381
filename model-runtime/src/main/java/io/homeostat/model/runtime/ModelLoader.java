package io.homeostat.model.runtime;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.model.lightgbm.LightGbmArtifact;
import io.homeostat.model.lightgbm.LightGbmModel;
import io.homeostat.model.onnx.OnnxModel;
import java.util.Map;
import java.util.function.Function;

/** Makes bytes answer, by their format. */
public final class ModelLoader {
    private static final Map<String, Function<byte[], ModelRuntime>> FORMATS =
            Map.of(LightGbmArtifact.FORMAT, LightGbmModel::load, OnnxModel.FORMAT, OnnxModel::load);

    private ModelLoader() {}

    /** Loads an artifact. Errors: {@link ModelException}, which names the known formats when the format is not one. */
    public static ModelRuntime load(ArtifactRef ref, byte[] bytes) {
        Function<byte[], ModelRuntime> loader = FORMATS.get(ref.format());
        if (loader == null) {
            throw new ModelException("artifact.format: '" + ref.format() + "' is not known here; known are "
                    + String.join(", ", FORMATS.keySet().stream().sorted().toList()));
        }
        return loader.apply(bytes);
    }
}
