package io.homeostat.backbone.serde;

/** A value that is missing or not allowed: the text reads {@code path: what is wrong}. */
public final class InvalidValueException extends IllegalArgumentException {
    private final String path;
    private final String problem;

    /**
     * @param path where the value stands, like {@code retune.space.num_leaves}
     * @param problem what is wrong with it, and a way out
     */
    public InvalidValueException(String path, String problem) {
        super(path.isEmpty() ? problem : path + ": " + problem);
        this.path = path;
        this.problem = problem;
    }

    /** Where the value stands. */
    public String path() {
        return path;
    }

    /** What is wrong with it. */
    public String problem() {
        return problem;
    }

    /** The same problem seen from further out. */
    public InvalidValueException under(String prefix) {
        if (prefix.isEmpty()) {
            return this;
        }
        return new InvalidValueException(path.isEmpty() ? prefix : prefix + "." + path, problem);
    }
}
