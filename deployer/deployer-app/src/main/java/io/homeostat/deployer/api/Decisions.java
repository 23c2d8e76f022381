package io.homeostat.deployer.api;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.follow.Start;
import io.homeostat.backbone.follow.TopicFollower;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.deployer.copy.StartingException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest decisions about rollouts: of the last 30 days before the start, and at most {@value #MOST} of all models
 * together. The whole of them stands in the ledger.
 */
final class Decisions implements AutoCloseable {
    private static final int MOST = 20_000;
    private static final Duration BEFORE_START = Duration.ofDays(30);

    private final Deque<LedgerEntry> newest = new ArrayDeque<>();
    private final TopicFollower follower;

    Decisions(Topic<LedgerEntry> ledger, String bootstrapServers) {
        this.follower = new TopicFollower(
                        "decisions", bootstrapServers, Start.since(Instant.now().minus(BEFORE_START)))
                .follow(ledger, this::note);
    }

    void start() {
        follower.start();
    }

    /** A model's decisions, the newest first. */
    List<LedgerEntry> of(String model, int limit) {
        if (!follower.caughtUp()) {
            throw new StartingException();
        }
        synchronized (newest) {
            return newest.stream()
                    .filter(line -> line.model().equals(model))
                    .limit(limit)
                    .toList();
        }
    }

    private void note(String key, @Nullable LedgerEntry line) {
        if (line == null || line.process() != LedgerEntry.Process.ROLLOUT) {
            return;
        }
        synchronized (newest) {
            newest.addFirst(line);
            if (newest.size() > MOST) {
                newest.removeLast();
            }
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
