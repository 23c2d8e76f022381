package io.homeostat.detector.api;

import io.homeostat.backbone.follow.Start;
import io.homeostat.backbone.follow.TopicFollower;
import io.homeostat.backbone.topic.Topics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.BiConsumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Keeps a {@link History} up to date with the topics while the service runs. */
@Singleton
class HistoryKeeper {
    private static final long MOST_RECORDS_BACK = 200_000;

    private final History history = new History();
    private final TopicFollower follower;

    HistoryKeeper(Topics topics, @ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
        follower = new TopicFollower("drift-detector-history", bootstrapServers, Start.last(MOST_RECORDS_BACK))
                .follow(topics.driftSignals(), facts(history::signal))
                .follow(topics.profiles(), facts(history::profile))
                .follow(topics.ledger(), facts(history::ledger))
                .follow(topics.retuneEvents(), facts(history::retune));
    }

    private static <V> BiConsumer<String, @Nullable V> facts(BiConsumer<String, V> into) {
        return (key, fact) -> {
            if (fact != null) {
                into.accept(key, fact);
            }
        };
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
