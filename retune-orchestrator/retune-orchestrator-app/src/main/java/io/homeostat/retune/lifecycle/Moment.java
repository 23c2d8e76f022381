package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.retune.search.Samplers;
import io.homeostat.retune.warmstart.Incumbent;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a state may look at besides itself while something happens to it.
 *
 * @param at the time of what happens
 * @param champion who serves now, by the newest route
 * @param incumbent the same as the first trial sees it; empty if nobody serves
 * @param nextVersion the name of the next version that is proposed
 * @param records what earlier re-tunes left behind
 * @param samplers those of the searches under way
 */
record Moment(
        Instant at,
        Route.@Nullable Target champion,
        Optional<Incumbent> incumbent,
        String nextVersion,
        RecordIndex records,
        Samplers samplers) {}
