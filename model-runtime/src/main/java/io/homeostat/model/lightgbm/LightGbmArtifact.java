package io.homeostat.model.lightgbm;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.schema.DataSchema;

/**
 * A trained model as it is stored, in JSON. The same seed, rows and parameters give the same bytes.
 *
 * @param format {@link #FORMAT}
 * @param schema what turns rows into numbers and numbers into answers
 * @param iterations trees (per class) that answer
 * @param model the model in LightGBM's own text form
 */
public record LightGbmArtifact(String format, DataSchema schema, int iterations, String model) {
    public static final String FORMAT = "homeostat-lightgbm/1";

    public LightGbmArtifact {
        Check.that(FORMAT.equals(format), "format", "'" + format + "' is not " + FORMAT);
        Check.present("schema", schema);
        Check.atLeast("iterations", iterations, 0);
        Check.text("model", model);
    }

    /** The bytes to be stored. */
    public byte[] bytes() {
        return Json.bytes(this);
    }

    /** Reads stored bytes. Errors: {@link ModelException}. */
    public static LightGbmArtifact read(byte[] bytes) {
        try {
            return Json.read(bytes, LightGbmArtifact.class);
        } catch (InvalidValueException e) {
            throw new ModelException("the artifact is not in the form " + FORMAT + ": " + e.getMessage(), e);
        }
    }
}
