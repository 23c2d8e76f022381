package io.homeostat.metastore.follow;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when all records have been read. */
@Readiness
@ApplicationScoped
class MemoryReady implements HealthCheck {
    private final MemoryKeeper keeper;

    MemoryReady(MemoryKeeper keeper) {
        this.keeper = keeper;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("memory").status(keeper.ready()).build();
    }
}
