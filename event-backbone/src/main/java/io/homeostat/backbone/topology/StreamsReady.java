package io.homeostat.backbone.topology;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when the topology runs. */
@Readiness
@ApplicationScoped
class StreamsReady implements HealthCheck {
    private final StreamsHost host;

    StreamsReady(StreamsHost host) {
        this.host = host;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("streams")
                .status(host.isRunning())
                .withData("state", host.state())
                .build();
    }
}
