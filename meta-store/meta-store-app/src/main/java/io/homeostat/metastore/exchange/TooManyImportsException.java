package io.homeostat.metastore.exchange;

import java.time.Duration;

/** More was imported lately than is kept in mind until the memory has heard of it; nothing of the last import was taken. */
public final class TooManyImportsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Duration wait;

    /**
     * @param underway records that are kept in mind
     * @param wait until enough of them are not
     */
    public TooManyImportsException(int underway, Duration wait) {
        super(underway + " records were imported in the last minutes, and at most " + Imports.MOST_UNDERWAY
                + " may be under way to the memory; try again in " + seconds(wait) + " s");
        this.wait = wait;
    }

    /** After how many seconds the import is taken, 1 and up. */
    public long seconds() {
        return seconds(wait);
    }

    private static long seconds(Duration wait) {
        return Math.max(1, wait.plusMillis(999).toSeconds());
    }
}
