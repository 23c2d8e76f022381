package io.homeostat.worker.queue;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready while every worker thread lives. */
@Readiness
@ApplicationScoped
class WorkersReady implements HealthCheck {
    private final TrialWorkers workers;

    WorkersReady(TrialWorkers workers) {
        this.workers = workers;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("trial-workers")
                .status(workers.isAlive())
                .withData("idle", workers.isIdle())
                .build();
    }
}
