package io.homeostat.benchmarks.rollout;

/** How a comparison of two versions ended. */
enum Outcome {
    /** The candidate was called better. */
    PROMOTED,
    /** The candidate was called worse. */
    ROLLED_BACK,
    /** Neither. */
    UNDECIDED
}
