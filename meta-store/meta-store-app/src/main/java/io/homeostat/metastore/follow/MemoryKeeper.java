package io.homeostat.metastore.follow;

import io.homeostat.backbone.topic.Topics;
import io.homeostat.metastore.recommend.Memory;
import io.homeostat.metastore.recommend.NotReadyException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps a {@link Memory} up to date with the records' topic while the service runs. */
@Singleton
public class MemoryKeeper {
    private final Memory memory = new Memory();
    private final RecordFollower follower;

    MemoryKeeper(
            Topics topics,
            @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers,
            MeterRegistry meters) {
        follower = new RecordFollower(bootstrapServers, topics.metaRecords().name(), memory);
        Gauge.builder("homeostat.memory.indexed", memory, Memory::size)
                .description("Records that recommendations can be learned from")
                .register(meters);
        Gauge.builder("homeostat.memory.unusable", memory, Memory::unusable)
                .description("Records in the topic that no search can use")
                .register(meters);
    }

    // after the topics are there
    void start(@Observes @Priority(200) StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.close();
    }

    boolean ready() {
        return follower.caughtUp();
    }

    /**
     * The memory.
     *
     * @throws NotReadyException while what was written before the start is being read
     */
    public Memory memory() {
        if (!ready()) {
            throw new NotReadyException();
        }
        return memory;
    }
}
