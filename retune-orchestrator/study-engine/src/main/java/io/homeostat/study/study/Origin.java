package io.homeostat.study.study;

/**
 * Where a trial's configuration came from.
 *
 * @param kind given beforehand or suggested by the sampler
 * @param reason in words
 */
public record Origin(Kind kind, String reason) {

    /** Given beforehand, or suggested by the sampler. */
    public enum Kind {
        ENQUEUED,
        SAMPLED
    }
}
