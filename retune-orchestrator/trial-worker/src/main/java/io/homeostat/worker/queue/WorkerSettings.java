package io.homeostat.worker.queue;

import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.topic.Topics;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What a person sets of the workers of this process. */
@Singleton
public class WorkerSettings {
    /** Whose time reports carry. */
    public enum Clock {
        /** The machine's. */
        WALL,
        /** That of the task: in a replay only events move time. */
        EVENT
    }

    private final Topics topics;
    private final int threads;
    private final String group;
    private final Duration lock;
    private final Clock clock;
    private final String workerId = "worker-" + UUID.randomUUID().toString().substring(0, 8);

    public WorkerSettings(
            Topics topics,
            @ConfigProperty(name = "homeostat.worker.threads") int threads,
            @ConfigProperty(name = "homeostat.worker.group") String group,
            @ConfigProperty(name = "homeostat.worker.lock") Duration lock,
            @ConfigProperty(name = "homeostat.clock") Clock clock) {
        this.topics = topics;
        this.threads = (int) Check.range("homeostat.worker.threads", threads, 0, 64);
        this.group = Check.text("homeostat.worker.group", group);
        Check.range("homeostat.worker.lock (seconds)", lock.toSeconds(), 15, 3600);
        this.lock = lock;
        this.clock = clock;
    }

    Topics topics() {
        return topics;
    }

    int threads() {
        return threads;
    }

    String group() {
        return group;
    }

    Duration lock() {
        return lock;
    }

    String workerId() {
        return workerId;
    }

    /** The time by the clock in force, for a task of the given time. */
    Supplier<Instant> now(long taskMillis) {
        return clock == Clock.WALL ? Instant::now : () -> Instant.ofEpochMilli(Math.max(0, taskMillis));
    }
}
