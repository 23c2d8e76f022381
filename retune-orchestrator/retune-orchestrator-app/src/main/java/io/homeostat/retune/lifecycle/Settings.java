package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.serde.Check;
import java.time.Duration;

/**
 * How re-tunes are run.
 *
 * @param taskTimeout a task without any word of a worker for so long is sent again; default 5 m, 1 s to 7 days
 * @param eventClock whether only events move time: then a re-tune takes no time, and nothing is ever overdue
 */
public record Settings(Duration taskTimeout, boolean eventClock) {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(7);

    public Settings {
        Check.that(
                taskTimeout.compareTo(LEAST) >= 0 && taskTimeout.compareTo(MOST) <= 0,
                "homeostat.retune.task-timeout",
                taskTimeout
                        + " is outside 1s to 7d; write as long as the slowest step of a trial takes, and some more");
    }
}
