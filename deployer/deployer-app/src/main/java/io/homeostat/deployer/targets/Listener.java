package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;

/** Hears how routes are applied. */
interface Listener {
    /** An attempt has ended. */
    void attempted(String model, String target, Outcome outcome);

    /**
     * The status is another one now.
     *
     * @param news whether the ledger and people are to be told
     */
    void told(TargetStatus status, Route route, boolean news);
}
