package io.homeostat.detector;

import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topic.UserTopics;
import io.homeostat.backbone.topology.Topologies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/** The detector in a process of its own, which a test can kill. */
final class DetectorProcess {
    private final Topics topics;
    private final String bootstrapServers;
    private final Path state;

    DetectorProcess(Topics topics, String bootstrapServers, Path state) {
        this.topics = topics;
        this.bootstrapServers = bootstrapServers;
        this.state = state;
    }

    /** Prefix and partitions of the topics, broker, folder of the state. */
    public static void main(String[] args) throws InterruptedException {
        Topics topics = new Topics(args[0], Integer.parseInt(args[1]), (short) 1);
        Properties settings = Topologies.settings(topics, args[0], args[2], args[3], 2, Duration.ofMillis(100));
        // who comes back under its name is not waited for
        settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), "detector");
        KafkaStreams streams = Topologies.application(
                topics, List.of(new DetectorPart(UserTopics.of(topics, ""), Duration.ofSeconds(2))), settings);
        streams.start();
        Thread.currentThread().join();
    }

    /** Starts one; it lives until it is killed. */
    Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        DetectorProcess.class.getName(),
                        topics.prefix(),
                        Integer.toString(topics.partitions()),
                        bootstrapServers,
                        state.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
