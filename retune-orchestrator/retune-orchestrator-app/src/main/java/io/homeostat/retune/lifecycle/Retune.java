package io.homeostat.retune.lifecycle;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * A re-tune: {@link Snapshotting} → {@link Searching} → {@link Confirming} → {@link Ended}, and from each of the first
 * three also straight to the end. Each state offers only what can happen to it; a report that does not belong to it,
 * comes late or from a replaced delivery is void.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Snapshotting.class, name = "snapshotting"),
    @JsonSubTypes.Type(value = Searching.class, name = "searching"),
    @JsonSubTypes.Type(value = Confirming.class, name = "confirming"),
    @JsonSubTypes.Type(value = Ended.class, name = "ended")
})
public sealed interface Retune permits Retune.Running, Ended {
    /** What it goes by. */
    Order order();

    /** A re-tune that has not ended. */
    sealed interface Running extends Retune permits Snapshotting, Searching, Confirming {}
}
