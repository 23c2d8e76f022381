package io.homeostat.study.space;

/**
 * A space or a configuration that cannot be. The text names the path, the value and a way out:
 * {@code space.num_leaves: low 256 is above high 4. Maybe they are swapped.}
 */
public final class SpaceException extends IllegalArgumentException {
    private final String path;
    private final String problem;

    /**
     * @param path where, such as {@code space.num_leaves}; empty if the place is not known yet
     * @param problem what is wrong and what would be right
     */
    public SpaceException(String path, String problem) {
        super(path.isEmpty() ? problem : path + ": " + problem);
        this.path = path;
        this.problem = problem;
    }

    /** Where, such as {@code space.num_leaves}. */
    public String path() {
        return path;
    }

    /** What is wrong, without the path. */
    public String problem() {
        return problem;
    }

    /** The same problem one level further out. */
    SpaceException under(String parent) {
        return new SpaceException(path.isEmpty() ? parent : parent + "." + path, problem);
    }
}
