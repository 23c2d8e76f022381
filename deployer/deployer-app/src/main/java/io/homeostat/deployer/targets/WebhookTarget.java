package io.homeostat.deployer.targets;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.serde.Json;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.homeostat.deployer.outbound.SignedWebhook;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * A service of yours that is told, by signed requests, what to make ready, how to share the traffic out, and what can
 * rest. It cannot be asked what is in force: the last revision that it confirmed is remembered while this process lives,
 * and said once more after a restart, with the same idempotency keys.
 */
final class WebhookTarget implements ServingTarget {
    private static final int NOT_YET = 202;
    private static final int CONFLICT = 409;

    private final String name;
    private final SignedWebhook webhook;
    private volatile Observed confirmed = Observed.NOTHING;

    /** The service that the settings {@code homeostat.webhooks.NAME} are of. */
    static WebhookTarget of(String name, Settings settings, HttpCalls http, Clock clock) {
        return new WebhookTarget(
                name, new SignedWebhook("webhook '" + name + "'", "homeostat.webhooks." + name, settings, http, clock));
    }

    private WebhookTarget(String name, SignedWebhook webhook) {
        this.name = name;
        this.webhook = webhook;
    }

    /**
     * What is posted.
     *
     * @param type {@code ready}, {@code route} or {@code scale}
     * @param id the idempotency key
     * @param version of {@code ready}, what must be able to answer
     * @param route the whole route
     */
    record Message(String type, String id, Route.@Nullable Target version, Route route) {}

    @Override
    public Observed wanted(Route route) {
        return Observed.of(route);
    }

    @Override
    public Observed observe(Route route) {
        return confirmed;
    }

    @Override
    public Readiness ready(Route route, Route.Target version, double percentNow) {
        int status = say("ready", route, version);
        return status == NOT_YET
                ? Readiness.waiting(version.version() + " is not ready, says webhook '" + name + "'")
                : Readiness.DONE;
    }

    @Override
    public void route(Route route) {
        if (say("route", route, null) != NOT_YET) {
            confirmed = Observed.of(route);
        }
    }

    @Override
    public Readiness scale(Route route) {
        return say("scale", route, null) == NOT_YET
                ? Readiness.waiting("webhook '" + name + "' has not put the others to rest yet")
                : Readiness.DONE;
    }

    private int say(String type, Route route, Route.@Nullable Target version) {
        String id =
                route.model() + "/" + route.revision() + "/" + type + (version == null ? "" : "/" + version.version());
        int status = webhook.post(id, Json.bytes(new Message(type, id, version, route)));
        if (status == CONFLICT) {
            throw new TargetException("webhook '" + name + "' says that it serves by a newer route than revision "
                    + route.revision() + " (status 409)");
        }
        if (status / 100 != 2) {
            throw new TargetException("webhook '" + name + "' answered '" + type + "' with status " + status
                    + "; 2xx is done, 202 not yet");
        }
        return status;
    }
}
