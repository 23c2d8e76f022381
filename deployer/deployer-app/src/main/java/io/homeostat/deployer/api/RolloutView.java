package io.homeostat.deployer.api;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model's newest rollout with all that belongs to it.
 *
 * @param rollout where it stands, with its evidence
 * @param route who serves what share; absent before the first champion
 * @param targets how far the route is applied at the model's targets; also what our gateways cannot load of it, if they serve it
 * @param decisions what was decided and why, with the numbers; the newest first
 */
record RolloutView(
        RolloutStatus rollout, @Nullable Route route, List<TargetStatus> targets, List<LedgerEntry> decisions) {}
