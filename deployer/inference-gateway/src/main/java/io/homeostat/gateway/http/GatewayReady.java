package io.homeostat.gateway.http;

import io.homeostat.gateway.route.Routes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every route said before the start has been read and tried, and the data path has been rehearsed. */
@Readiness
@Singleton
class GatewayReady implements HealthCheck {
    private final Routes routes;
    private final Rehearsal rehearsal;

    GatewayReady(Routes routes, Rehearsal rehearsal) {
        this.routes = routes;
        this.rehearsal = rehearsal;
    }

    boolean ready() {
        return routes.caughtUp() && rehearsal.over();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("inference-gateway")
                .status(ready())
                .withData("rehearsed", rehearsal.answered())
                .withData("models", String.join(", ", routes.models()))
                .build();
    }
}
