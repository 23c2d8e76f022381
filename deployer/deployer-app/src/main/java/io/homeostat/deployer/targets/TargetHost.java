package io.homeostat.deployer.targets;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.follow.GroupConsumers;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.TargetSpec;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.deployer.copy.Specs;
import io.homeostat.deployer.copy.StartingException;
import io.homeostat.deployer.copy.TopicCopy;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Keeps the routes of this process's models in force at their targets, from start to stop. */
@Singleton
public class TargetHost {
    private final Specs specs;
    private final TopicCopy<TargetStatus> statuses;
    private final TargetTelling telling;
    private final ScheduledThreadPoolExecutor threads;
    private final Applications applications;
    private final RouteReader routes;
    private @Nullable KubernetesClient kubernetes;

    TargetHost(
            Topics topics,
            Specs specs,
            MeterRegistry meters,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "homeostat.streams.application-id") String applicationId,
            @ConfigProperty(name = "homeostat.targets.threads", defaultValue = "16") int most) {
        this.specs = specs;
        this.statuses = new TopicCopy<>(topics.targets(), bootstrapServers);
        this.telling = new TargetTelling(topics, bootstrapServers, meters);
        this.threads = new ScheduledThreadPoolExecutor(most, work -> {
            Thread thread = new Thread(work, "target");
            thread.setDaemon(true);
            return thread;
        });
        threads.setRemoveOnCancelPolicy(true);
        Settings settings = name -> ConfigProvider.getConfig().getOptionalValue(name, String.class);
        Targets targets = new Targets(settings, new HttpCalls(), this::kubernetes, Clock.systemUTC());
        this.applications =
                new Applications(this::targetsOf, targets::of, statuses::get, this::in, Clock.systemUTC(), telling);
        this.routes = new RouteReader(
                topics,
                GroupConsumers.of(bootstrapServers, applicationId + "-targets", RouteReader.MOST_RECORDS),
                applications);
    }

    // after the topics are there
    void start(@Observes @Priority(200) StartupEvent event) {
        statuses.start();
        routes.start();
    }

    void stop(@Observes ShutdownEvent event) {
        routes.close();
        applications.close();
        threads.shutdownNow();
        statuses.close();
        telling.close();
        closeKubernetes();
    }

    private Optional<List<TargetSpec>> targetsOf(String model) {
        if (!statuses.caughtUp()) {
            throw new StartingException();
        }
        return specs.of(model).map(ModelSpec::targets);
    }

    private Timer.Planned in(Duration delay, Runnable work) {
        var planned = threads.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> planned.cancel(false);
    }

    private synchronized KubernetesClient kubernetes() {
        if (kubernetes == null) {
            kubernetes = new KubernetesClientBuilder()
                    .withConfig(new ConfigBuilder()
                            .withRequestTimeout(10_000)
                            .withConnectionTimeout(5_000)
                            .withRequestRetryBackoffLimit(0)
                            .build())
                    .build();
        }
        return kubernetes;
    }

    private synchronized void closeKubernetes() {
        if (kubernetes != null) {
            kubernetes.close();
        }
    }
}
