package io.homeostat.detector.api;

import io.homeostat.backbone.topic.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Keeps a {@link History} up to date with the topics while the service runs. */
@Singleton
class HistoryKeeper {
    private static final long MOST_RECORDS_BACK = 200_000;

    private final History history = new History();
    private final TopicFollower follower;

    HistoryKeeper(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        follower = new TopicFollower(bootstrapServers, MOST_RECORDS_BACK)
                .follow(topics.driftSignals(), history::signal)
                .follow(topics.profiles(), history::profile)
                .follow(topics.ledger(), history::ledger)
                .follow(topics.retuneEvents(), history::retune);
    }

    // after the topics are there
    void start(@Observes @Priority(200) StartupEvent event) {
        follower.start();
    }

    void stop(@Observes ShutdownEvent event) {
        follower.close();
    }

    /** The history. Errors: 503 while what was said before the start is still being read. */
    History history() {
        if (!follower.caughtUp()) {
            throw new AnswerException(503, "the detector is starting; try again in a second");
        }
        return history;
    }
}
