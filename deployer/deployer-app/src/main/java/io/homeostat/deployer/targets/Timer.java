package io.homeostat.deployer.targets;

import java.time.Duration;

/** Runs work later, on threads of its own. */
interface Timer {
    /** Runs it after a delay. */
    Planned in(Duration delay, Runnable work);

    /** Work that is planned. */
    interface Planned {
        /** Takes it back if it has not begun. */
        void cancel();
    }
}
