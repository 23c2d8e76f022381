package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import java.util.Locale;

/**
 * How a model's traffic is shared out at a target, seen with the two versions of a route.
 *
 * @param revision of the route that was applied last, 0 if that is not known
 * @param championPercent share of the route's champion
 * @param challengerPercent share of its challenger
 * @param otherPercent share of versions that it does not name
 * @param challengerPresent whether the challenger is there without a share: as a shadow, or warm
 */
public record Observed(
        long revision,
        double championPercent,
        double challengerPercent,
        double otherPercent,
        boolean challengerPresent) {
    /** Nothing is known. */
    static final Observed NOTHING = new Observed(0, 0, 0, 0, false);

    /** What a route says in full. */
    static Observed of(Route route) {
        boolean present = route.challenger() != null && (route.shadow() || route.challengerPercent() > 0);
        return new Observed(route.revision(), 100 - route.challengerPercent(), route.challengerPercent(), 0, present);
    }

    /** Whether the same shares are in force, by whatever revision. */
    boolean sharesAs(Observed wanted) {
        return same(championPercent, wanted.championPercent)
                && same(challengerPercent, wanted.challengerPercent)
                && same(otherPercent, wanted.otherPercent)
                && challengerPresent == wanted.challengerPresent;
    }

    private static boolean same(double a, double b) {
        return Math.abs(a - b) < 1e-6; // weights are whole numbers, shares are not
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "champion %s %%, challenger %s %%%s",
                plain(championPercent),
                plain(challengerPercent),
                otherPercent > 0 ? ", others " + plain(otherPercent) + " %" : "");
    }

    private static String plain(double percent) {
        return percent == Math.rint(percent)
                ? Long.toString((long) percent)
                : String.format(Locale.ROOT, "%.2f", percent);
    }
}
