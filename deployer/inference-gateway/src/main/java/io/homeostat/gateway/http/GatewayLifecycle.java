package io.homeostat.gateway.http;

import io.homeostat.gateway.emit.KafkaEventSink;
import io.homeostat.gateway.emit.TargetSink;
import io.homeostat.gateway.infer.Calls;
import io.homeostat.gateway.infer.ShadowWork;
import io.homeostat.gateway.route.RouteFollower;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Starts after the topics are there; ends so that what was answered is told before the process goes. By then the HTTP server
 * has refused new requests and waited for those under way ({@code quarkus.shutdown.timeout}).
 */
@Singleton
class GatewayLifecycle {
    private final Rehearsal rehearsal;
    private final RouteFollower follower;
    private final KafkaEventSink sink;
    private final TargetSink targets;
    private final ShadowWork shadow;
    private final Calls champions;
    private final Calls challengers;

    GatewayLifecycle(
            Rehearsal rehearsal,
            RouteFollower follower,
            KafkaEventSink sink,
            TargetSink targets,
            ShadowWork shadow,
            @Champions Calls champions,
            @Challengers Calls challengers) {
        this.rehearsal = rehearsal;
        this.follower = follower;
        this.sink = sink;
        this.targets = targets;
        this.shadow = shadow;
        this.champions = champions;
        this.challengers = challengers;
    }

    void start(@Observes @Priority(300) StartupEvent event) {
        sink.start();
        follower.start();
        rehearsal.start();
    }

    void stop(@Observes @Priority(50) ShutdownEvent event) {
        rehearsal.close();
        follower.close();
        shadow.close();
        champions.close();
        challengers.close();
        sink.close();
        targets.close();
    }
}
