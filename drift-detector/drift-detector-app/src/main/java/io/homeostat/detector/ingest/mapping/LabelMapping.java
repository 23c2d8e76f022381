package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.spec.LabelSource;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Place;
import io.homeostat.backbone.spec.TaskKind;
import org.jspecify.annotations.Nullable;

/** Makes a label of a message, as a spec's {@code source.labels} says. */
public final class LabelMapping {
    private static final String SOURCE = "source.labels";

    private final ModelSpec spec;
    private final Origins origins;
    private final Field label;
    private final @Nullable Field correctionOf;

    /** The mapping of a spec that maps its labels. */
    public LabelMapping(ModelSpec spec, LabelSource source) {
        this.spec = spec;
        this.origins = new Origins(SOURCE, source.id(), source.time());
        this.label =
                new Field(SOURCE + ".label", Check.present(SOURCE + ".label", source.label()), Reason.INVALID_LABEL);
        Place correction = source.correctionOf();
        this.correctionOf =
                correction == null ? null : new Field(SOURCE + ".correctionOf", correction, Reason.INVALID_LABEL);
    }

    /** The label. Errors: {@link MisfitException}. */
    public LabelEvent event(Message message) {
        return new LabelEvent(
                origins.id(message), spec.model(), truth(label, message), origins.time(message), correction(message));
    }

    private Object truth(Field field, Message message) {
        return spec.task() == TaskKind.REGRESSION ? (Object) field.number(message) : field.scalar(message);
    }

    private @Nullable Object correction(Message message) {
        if (correctionOf == null) {
            return null;
        }
        JsonNode before = correctionOf.in(message);
        return before.isMissingNode() || before.isNull() ? null : truth(correctionOf, message);
    }
}
