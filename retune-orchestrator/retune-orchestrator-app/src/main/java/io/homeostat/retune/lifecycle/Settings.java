package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.serde.Check;
import java.time.Duration;

/**
 * How re-tunes are run.
 *
 * @param taskTimeout a task without any word of a worker for so long is sent again; default 5 m, at least 1 s
 * @param eventClock whether only events move time: then a re-tune takes no time, and nothing is ever overdue
 */
public record Settings(Duration taskTimeout, boolean eventClock) {
    public Settings {
        Check.that(
                taskTimeout.compareTo(Duration.ofSeconds(1)) >= 0,
                "homeostat.retune.task-timeout",
                taskTimeout + " is below 1s");
    }
}
