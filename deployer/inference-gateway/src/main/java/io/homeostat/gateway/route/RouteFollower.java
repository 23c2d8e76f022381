package io.homeostat.gateway.route;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.follow.Start;
import io.homeostat.backbone.follow.TopicFollower;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.topic.Topics;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Reads all of the topics routes and models from their beginning and then on, and applies what it reads. Only the
 * newest route of a model is loaded; one that cannot be loaded is tried again every second until a newer one comes.
 */
public final class RouteFollower implements AutoCloseable {
    private static final int LOADERS = 4;

    private final Routes routes;
    private final ExecutorService loaders;
    private final PendingRoutes pending;
    private final TopicFollower follower;

    public RouteFollower(Routes routes, Topics topics, String bootstrapServers) {
        this.routes = routes;
        this.loaders = Executors.newFixedThreadPool(LOADERS, RouteFollower::loader);
        this.pending = new PendingRoutes(routes, loaders, System::nanoTime);
        this.follower = new TopicFollower("gateway-routes", bootstrapServers, Start.beginning())
                .follow(topics.models(), this::spec)
                .follow(topics.routes(), this::route)
                .afterEachPoll(this::polled);
    }

    /** Begins to read. */
    public void start() {
        follower.start();
    }

    @Override
    public void close() {
        loaders.shutdownNow();
        follower.close();
    }

    private void spec(String model, @Nullable ModelSpec spec) {
        if (spec == null) {
            routes.forget(model);
        } else {
            routes.know(spec);
        }
    }

    /** Notes a model's route, or its end; package-private so that it can be tested without a broker. */
    void route(String model, @Nullable Route route) {
        if (route == null) {
            pending.drop(model);
        } else {
            pending.note(route);
        }
    }

    private void polled() {
        if (follower.caughtUp()) {
            applyPending();
            if (pending.idle()) {
                routes.catchUp();
            }
        }
    }

    /** Applies what is waiting, if it is time to try. */
    void applyPending() {
        pending.apply();
    }

    private static Thread loader(Runnable work) {
        Thread thread = new Thread(work, "gateway-loading");
        thread.setDaemon(true);
        return thread;
    }
}
