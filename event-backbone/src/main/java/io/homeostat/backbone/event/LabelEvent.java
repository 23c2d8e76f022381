package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The truth about a prediction, known later.
 *
 * @param predictionId the prediction it is about
 * @param model whose prediction
 * @param label the true class, or the true number; a text, a number or a boolean
 * @param labelTime when it became known
 * @param correctionOf the label sent before, when this one corrects it
 */
public record LabelEvent(
        String predictionId,
        String model,
        Object label,
        Instant labelTime,
        @Nullable Object correctionOf) {
    public LabelEvent {
        Check.id("predictionId", predictionId);
        Check.name("model", model);
        Check.present("label", label);
        text("label", label);
        Check.present("labelTime", labelTime);
        if (correctionOf != null) {
            text("correctionOf", correctionOf);
        }
    }

    /** The label in its one written form: classes as text, numbers without trailing zeros. */
    public String labelText() {
        return text("label", label);
    }

    /** The corrected label's text, if this is a correction. */
    public @Nullable String correctionOfText() {
        return correctionOf == null ? null : text("correctionOf", correctionOf);
    }

    /** The written form of a class or number: {@code 1}, {@code 1.0} and {@code true} are all {@code "1"}. */
    public static String text(String path, Object label) {
        if (label instanceof String text) {
            return Check.text(path, text);
        }
        if (label instanceof Boolean bool) {
            return bool ? "1" : "0";
        }
        if (label instanceof Number number) {
            double value = Check.finite(path, number.doubleValue());
            return value == Math.rint(value) && Math.abs(value) < 1e15
                    ? Long.toString((long) value)
                    : BigDecimal.valueOf(value).toString();
        }
        throw new InvalidValueException(path, "is neither a text, a number nor a boolean");
    }
}
