package io.homeostat.study.option;

/**
 * A sampler or pruner that cannot be. The text names the path, the value and a way out: {@code sampler.tpe.candidates: 0
 * is not in [1, 10000].}
 */
public final class OptionException extends IllegalArgumentException {
    private final String path;
    private final String problem;

    /**
     * @param path where, such as {@code sampler.tpe.candidates}
     * @param problem what is wrong and what would be right
     */
    public OptionException(String path, String problem) {
        super(path + ": " + problem);
        this.path = path;
        this.problem = problem;
    }

    /** Where, such as {@code sampler.tpe.candidates}. */
    public String path() {
        return path;
    }

    /** What is wrong, without the path. */
    public String problem() {
        return problem;
    }
}
