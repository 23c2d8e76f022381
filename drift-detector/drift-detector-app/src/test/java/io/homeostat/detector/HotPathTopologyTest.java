package io.homeostat.detector;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.detector.detect.ModelMonitor;
import io.homeostat.detector.profile.WindowProfiler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;
import org.junit.jupiter.api.Test;

/** A hot model is spread over all partitions up to its windows' shares, and its rows meet no other input on the way. */
class HotPathTopologyTest {
    private static final Topics TOPICS = DetectorDriver.TOPICS;
    private static final String SHARES = "drift-detector.model-facts-at-source-repartition";

    @Test
    void rowsAreProfiledWhereTheyAreReadAndOnlySharesGoToTheModel() {
        // when
        Subtopology hot = withStore(WindowProfiler.STORE_AT_SOURCE);
        // then
        assertThat(inputs(hot)).containsExactly(TOPICS.predictions().name());
        assertThat(outputs(hot)).contains(SHARES);
        assertThat(inputs(withStore(ModelMonitor.STORE))).contains(SHARES);
    }

    private static Subtopology withStore(String store) {
        return Topologies.of(TOPICS, List.of(new DetectorPart(UserTopics.of(TOPICS, "my\\..*"), Duration.ZERO)))
                .describe()
                .subtopologies()
                .stream()
                .filter(s -> s.nodes().stream()
                        .anyMatch(n -> n instanceof Processor p && p.stores().contains(store)))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> inputs(Subtopology subtopology) {
        return subtopology.nodes().stream()
                .filter(Source.class::isInstance)
                .flatMap(n -> ((Source) n).topicSet().stream())
                .collect(Collectors.toSet());
    }

    private static Set<String> outputs(Subtopology subtopology) {
        return subtopology.nodes().stream()
                .filter(Sink.class::isInstance)
                .map(n -> ((Sink) n).topic())
                .collect(Collectors.toSet());
    }
}
