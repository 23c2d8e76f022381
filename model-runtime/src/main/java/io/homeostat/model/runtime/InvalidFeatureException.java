package io.homeostat.model.runtime;

/** A feature that is absent, of the wrong type, NaN or infinite. The text names the feature and its value. */
public final class InvalidFeatureException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String feature;

    /**
     * @param feature its name
     * @param problem what is wrong with its value, and a way out
     */
    public InvalidFeatureException(String feature, String problem) {
        super("features." + feature + ": " + problem);
        this.feature = feature;
    }

    /** The feature's name. */
    public String feature() {
        return feature;
    }
}
