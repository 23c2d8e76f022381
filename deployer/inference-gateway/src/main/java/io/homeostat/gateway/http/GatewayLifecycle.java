package io.homeostat.gateway.http;

import io.homeostat.gateway.emit.KafkaEventSink;
import io.homeostat.gateway.infer.GuardedCalls;
import io.homeostat.gateway.infer.ShadowWork;
import io.homeostat.gateway.route.RouteFollower;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Starts after the topics are there; ends so that what was answered is told before the process goes. */
@Singleton
class GatewayLifecycle {
    private final RouteFollower follower;
    private final KafkaEventSink sink;
    private final ShadowWork shadow;
    private final GuardedCalls calls;

    GatewayLifecycle(RouteFollower follower, KafkaEventSink sink, ShadowWork shadow, GuardedCalls calls) {
        this.follower = follower;
        this.sink = sink;
        this.shadow = shadow;
        this.calls = calls;
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        sink.start();
        follower.start();
    }

    void stop(@Observes @Priority(50) ShutdownEvent event) {
        follower.close();
        shadow.close();
        calls.close();
        sink.close();
    }
}
