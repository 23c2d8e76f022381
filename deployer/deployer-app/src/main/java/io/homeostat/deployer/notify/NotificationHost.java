package io.homeostat.deployer.notify;

import io.homeostat.backbone.topic.Topics;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Runs the channels that are set up, from start to stop. A wrong setting stops the start. */
@Singleton
public class NotificationHost {
    private final Topics topics;
    private final MeterRegistry meters;
    private final String bootstrapServers;
    private final String applicationId;
    private List<LedgerReader> readers = List.of();

    NotificationHost(
            Topics topics,
            MeterRegistry meters,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            @ConfigProperty(name = "homeostat.streams.application-id") String applicationId) {
        this.topics = topics;
        this.meters = meters;
        this.bootstrapServers = bootstrapServers;
        this.applicationId = applicationId;
    }

    // after the topics are there
    void start(@Observes @Priority(200) StartupEvent event) {
        Settings settings = name -> ConfigProvider.getConfig().getOptionalValue(name, String.class);
        readers = Channel.of(settings, new HttpCalls(), Clock.systemUTC()).stream()
                .map(channel -> new LedgerReader(
                        topics.ledger(),
                        channel,
                        LedgerReader.consumers(bootstrapServers, applicationId + "-notify-" + channel.name()),
                        meters,
                        Clock.systemUTC()))
                .toList();
        readers.forEach(LedgerReader::start);
    }

    void stop(@Observes ShutdownEvent event) {
        readers.forEach(LedgerReader::close);
    }
}
