package io.homeostat.deployer.copy;

import io.homeostat.backbone.follow.Start;
import io.homeostat.backbone.follow.TopicFollower;
import io.homeostat.backbone.topic.Topic;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The newest value of every key of a compacted topic. */
public final class TopicCopy<V> implements AutoCloseable {
    private final Map<String, V> values = new ConcurrentHashMap<>();
    private final TopicFollower follower;

    /** A copy that is not followed yet. */
    public TopicCopy(Topic<V> topic, String bootstrapServers) {
        this.follower = new TopicFollower("copy-of-" + topic.name(), bootstrapServers, Start.beginning())
                .follow(topic, this::note);
    }

    /** Begins to follow. */
    public void start() {
        follower.start();
    }

    /** The newest value. */
    public Optional<V> get(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /** All of them by key, as they are now. */
    public Map<String, V> all() {
        return Map.copyOf(values);
    }

    /** Whether everything said before the start has been read. */
    public boolean caughtUp() {
        return follower.caughtUp();
    }

    @Override
    public void close() {
        follower.close();
    }

    private void note(String key, @Nullable V value) {
        if (value == null) {
            values.remove(key);
        } else {
            values.put(key, value);
        }
    }
}
