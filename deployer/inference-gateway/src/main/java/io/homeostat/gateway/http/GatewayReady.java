package io.homeostat.gateway.http;

import io.homeostat.gateway.route.Routes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once every route said before the start has been read and tried. */
@Readiness
@Singleton
class GatewayReady implements HealthCheck {
    private final Routes routes;

    GatewayReady(Routes routes) {
        this.routes = routes;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("inference-gateway")
                .status(routes.caughtUp())
                .withData("models", String.join(", ", routes.models()))
                .build();
    }
}
