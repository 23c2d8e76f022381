package io.homeostat.gateway.serving;

import io.homeostat.backbone.event.Route;
import io.homeostat.rollout.routing.ArmChoice;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A route with its models in memory. Immutable; replaced as a whole. A request leases it, so that models are closed
 * only after the last request that may use them.
 */
public final class ServingModel {
    private final Route route;
    private final Version champion;
    private final @Nullable Version challenger;
    private final @Nullable ArmChoice choice;
    private final Holds holds = new Holds(this::end);
    private volatile @Nullable ServingModel successor;

    private ServingModel(Route route, Version champion, @Nullable Version challenger) {
        this.route = route;
        this.champion = champion;
        this.challenger = challenger;
        this.choice = challenger == null ? null : new ArmChoice(salt(route), route.challengerPercent());
    }

    /**
     * Loads what a route needs. A challenger that cannot be loaded is left without a scorer, as its failure is evidence
     * in the rollout.
     *
     * @throws Exception when the champion cannot be loaded; nothing stays held then
     */
    public static ServingModel load(Route route, WarmScorers scorers, LoadFailure onChallengerFailure)
            throws Exception {
        Version champion =
                new Version(route.champion(), scorers.hold(route.champion().artifact()));
        Route.Target target = route.challenger();
        return new ServingModel(
                route, champion, target == null ? null : challenger(target, scorers, onChallengerFailure));
    }

    private static Version challenger(Route.Target target, WarmScorers scorers, LoadFailure onFailure) {
        try {
            return new Version(target, scorers.hold(target.artifact()));
        } catch (Exception | LinkageError e) {
            onFailure.of(target, e);
            return new Version(target, null);
        }
    }

    private static String salt(Route route) {
        return Objects.requireNonNullElse(route.salt(), Objects.requireNonNullElse(route.rolloutId(), route.model()));
    }

    public Route route() {
        return route;
    }

    public Version champion() {
        return champion;
    }

    /** Who is tried, or kept warm; absent outside rollouts. */
    public Optional<Version> challenger() {
        return Optional.ofNullable(challenger);
    }

    /** The features that either side wants. */
    public Set<String> features() {
        return Stream.of(Optional.of(champion), challenger())
                .flatMap(Optional::stream)
                .flatMap(version -> version.scorer().stream())
                .flatMap(scorer -> scorer.features().stream())
                .map(Scorer.Feature::name)
                .collect(Collectors.toSet());
    }

    /** Who answers which unit; present when there is a challenger. */
    public Optional<ArmChoice> choice() {
        return Optional.ofNullable(choice);
    }

    /** Whether everything the route names is loaded. */
    public boolean complete() {
        return challenger == null || challenger.scorer().isPresent();
    }

    /** Notes what serves the model in its place from now on. */
    public void replacedBy(ServingModel next) {
        successor = next;
    }

    /** Whether a newer route has taken this version out of service. */
    public boolean withdrawn(Version version) {
        ServingModel newest = this;
        for (ServingModel next = successor; next != null; next = next.successor) {
            newest = next;
        }
        return !newest.names(version.name());
    }

    private boolean names(String version) {
        return champion.name().equals(version)
                || (challenger != null && challenger.name().equals(version));
    }

    /** Takes part in its use; false when it has been replaced and closed, then ask for the newer one. */
    public boolean lease() {
        return holds.take();
    }

    /** Ends one lease, or the owner's hold. */
    public void release() {
        holds.letGo();
    }

    private void end() {
        champion.letGo();
        if (challenger != null) {
            challenger.letGo();
        }
    }

    /** Told of a challenger that cannot be loaded. */
    @FunctionalInterface
    public interface LoadFailure {
        void of(Route.Target target, Throwable cause);
    }
}
