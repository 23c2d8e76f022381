package io.homeostat.backbone.topology;

import io.homeostat.backbone.topic.Topics;
import org.apache.kafka.streams.StreamsBuilder;

/**
 * A service's share of the streams topology. Every part on the class path is added to the one topology of the process:
 * a service runs its own, the standalone runs them all.
 */
public interface TopologyPart {
    /**
     * Adds this part's sources, processors, stores and sinks. Names of processors and stores begin with the service's
     * name. A topic that another part reads, too, is read through {@link SharedSources}.
     */
    void addTo(StreamsBuilder builder, Topics topics, SharedSources sources);

    /**
     * Whether a topic is to be left unread for now; asked again and again, by several threads. It is then read from where it
     * was, or from its beginning.
     */
    default boolean holds(String topic) {
        return false;
    }
}
