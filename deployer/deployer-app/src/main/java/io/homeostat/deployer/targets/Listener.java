package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;

/** Hears how routes are applied. */
interface Listener {
    /** An attempt has ended. */
    void attempted(String model, String target, Outcome outcome);

    /** Something is new: once for each revision and phase. */
    void told(TargetStatus status, Route route);
}
