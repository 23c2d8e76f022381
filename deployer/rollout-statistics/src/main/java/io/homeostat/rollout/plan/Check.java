package io.homeostat.rollout.plan;

import java.time.Duration;

/** Refuses an impossible plan, with the path of what is wrong. */
final class Check {
    private Check() {}

    static void that(boolean holds, String path, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException("rollout." + path + ": " + complaint);
        }
    }

    static void positive(String path, Duration duration) {
        that(
                !duration.isNegative() && !duration.isZero(),
                path,
                duration + " is no time to wait. Give a duration above zero, such as 10m.");
    }
}
