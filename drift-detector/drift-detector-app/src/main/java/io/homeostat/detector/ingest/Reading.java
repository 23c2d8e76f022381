package io.homeostat.detector.ingest;

import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.spec.FeatureSource;
import io.homeostat.backbone.spec.LabelSource;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Place;
import io.homeostat.backbone.spec.PredictionSource;
import io.homeostat.backbone.spec.SourceFormat;
import io.homeostat.backbone.spec.TopicSource;
import io.homeostat.detector.ingest.mapping.FeatureMapping;
import io.homeostat.detector.ingest.mapping.InferenceHalf;
import io.homeostat.detector.ingest.mapping.LabelMapping;
import io.homeostat.detector.ingest.mapping.Message;
import io.homeostat.detector.ingest.mapping.NativeForm;
import io.homeostat.detector.ingest.mapping.PredictionMapping;
import java.util.Map;

/** One spec's way to read a topic: which records it means, and what it makes of them. */
final class Reading {
    private final ModelSpec spec;
    private final TopicSource source;
    private final Mapping mapping;

    private interface Mapping {
        Object of(Message message, String origin);
    }

    Reading(ModelSpec spec, TopicSource source) {
        this.spec = spec;
        this.source = source;
        this.mapping = mapping(spec, source);
    }

    private static Mapping mapping(ModelSpec spec, TopicSource source) {
        if (source instanceof PredictionSource predictions) {
            if (predictions.format() == SourceFormat.KSERVE) {
                return (message, origin) -> InferenceHalf.of(message, spec, predictions, origin);
            } else if (predictions.format() == SourceFormat.NATIVE) {
                return (message, origin) -> NativeForm.read(message, PredictionEvent.class);
            }
            PredictionMapping mapping = new PredictionMapping(spec, predictions);
            return (message, origin) -> mapping.event(message);
        } else if (source instanceof LabelSource labels) {
            if (labels.format() == SourceFormat.NATIVE) {
                return (message, origin) -> NativeForm.read(message, LabelEvent.class);
            }
            LabelMapping mapping = new LabelMapping(spec, labels);
            return (message, origin) -> mapping.event(message);
        }
        FeatureMapping mapping = new FeatureMapping(spec, (FeatureSource) source);
        return (message, origin) -> mapping.row(message);
    }

    String model() {
        return spec.model();
    }

    /** Whether the record says all that the source's conditions want. */
    boolean means(Message message) {
        for (Map.Entry<Place, String> condition : source.where().entrySet()) {
            if (!condition.getValue().equals(message.textAt(condition.getKey()))) {
                return false;
            }
        }
        return true;
    }

    /** What is read: a prediction, a label, a feature row or half of a pair. Errors: those of the mappings. */
    Object of(Message message, String origin) {
        return mapping.of(message, origin);
    }

    /** Native records name their model themselves: they are read once, however many specs name their topic. */
    boolean isNative() {
        return source.format() == SourceFormat.NATIVE;
    }

    /** What kind of source it is. */
    Class<? extends TopicSource> kind() {
        return source.getClass();
    }
}
