package io.homeostat.gateway.serving;

import io.homeostat.backbone.event.ArtifactRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A loaded model as the data path needs it: rows in, scores out. Called from many threads at once. */
public interface Scorer extends AutoCloseable {
    /** The features it wants, in order, with their datatype in the protocol. */
    List<Feature> features();

    /**
     * Scores one row.
     *
     * @param features doubles, texts or null (missing) by name; names it does not know are ignored
     * @throws io.homeostat.gateway.protocol.RefusedException when the row itself is wrong
     */
    Score score(Map<String, Object> features);

    @Override
    void close();

    /**
     * A feature.
     *
     * @param name its name
     * @param datatype {@code FP64} or {@code BYTES}
     */
    record Feature(String name, String datatype) {}

    /**
     * What a model says of a row.
     *
     * @param output the predicted class, or the number as text
     * @param score the positive class's probability, the predicted class's, or the number
     * @param probabilities each class's, where there are more than two
     */
    record Score(String output, double score, @Nullable Map<String, Double> probabilities) {}

    /** Where scorers come from. */
    @FunctionalInterface
    interface Source {
        /**
         * Loads an artifact after its digest was verified.
         *
         * @throws Exception when it is absent, damaged or not understood; the message says which
         */
        Scorer load(ArtifactRef artifact) throws Exception;
    }
}
