package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.Route;
import io.homeostat.retune.warmstart.FirstTrials;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a state may look at besides itself while something happens to it.
 *
 * @param at the time of what happens
 * @param champion who serves now, by the newest route
 * @param nextVersion the name of the next version that is proposed
 * @param memory gives the first trials for a snapshot's meta-features
 */
record Moment(Instant at, Route.@Nullable Target champion, String nextVersion, Memory memory) {
    /** What earlier re-tunes left behind. */
    @FunctionalInterface
    interface Memory {
        FirstTrials firstTrials(Map<String, Double> metaFeatures);
    }
}
