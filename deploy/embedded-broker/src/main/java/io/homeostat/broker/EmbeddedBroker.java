package io.homeostat.broker;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * One Kafka broker in KRaft mode (broker and controller in one), on loopback, its data in a directory that survives
 * restarts. Ready in about 2 s cold. For a first look, for tests and for replays; production has a cluster.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedBroker(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts a broker on a free port. */
    public static EmbeddedBroker start(Path directory) {
        return start(directory, 0);
    }

    /**
     * Starts a broker.
     *
     * @param directory where its data is kept; formatted when empty
     * @param port where clients reach it; 0 for a free one
     * @throws IllegalStateException when the directory cannot be used or the port is taken
     */
    public static EmbeddedBroker start(Path directory, int port) {
        int clientPort = port == 0 ? freePort() : port;
        Map<String, Object> settings = settings(directory, clientPort, freePort());
        try {
            Files.createDirectories(directory);
            if (!Files.exists(directory.resolve("meta.properties"))) {
                format(directory);
            }
            KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            server.startup();
            return new EmbeddedBroker(server, clientPort);
        } catch (Exception e) {
            throw new IllegalStateException(
                    "the broker cannot start on port " + clientPort + " with its data in " + directory + ": "
                            + e.getMessage() + ". Is another one running there?",
                    e);
        }
    }

    /** Where clients reach it, like {@code 127.0.0.1:9092}. */
    public String bootstrapServers() {
        return LOOPBACK + ":" + port;
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8))
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(directory.toString())
                .setMetadataLogDirectory(directory.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.latestProduction())
                // version 2 lets a producer's batches overtake each other at the start of a transaction; they are sent
                // again,
                // but every time with an error in the log
                .setFeatureLevel("transaction.version", (short) 1)
                .setIgnoreFormatted(true)
                .run();
    }

    private static Map<String, Object> settings(Path directory, int port, int controllerPort) {
        Map<String, Object> s = new HashMap<>();
        s.put("process.roles", "broker,controller");
        s.put("node.id", "1");
        s.put("controller.quorum.voters", "1@" + LOOPBACK + ":" + controllerPort);
        s.put("controller.listener.names", "CONTROLLER");
        s.put("inter.broker.listener.name", "CLIENT");
        s.put("listeners", "CLIENT://" + LOOPBACK + ":" + port + ",CONTROLLER://" + LOOPBACK + ":" + controllerPort);
        s.put("advertised.listeners", "CLIENT://" + LOOPBACK + ":" + port);
        s.put("listener.security.protocol.map", "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        s.put("log.dirs", directory.toString());
        // one broker: every internal topic has one copy
        for (String internal :
                new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
            s.put(internal + ".replication.factor", "1");
        }
        s.put("transaction.state.log.min.isr", "1");
        s.put("share.coordinator.state.topic.min.isr", "1");
        s.put("offsets.topic.num.partitions", "4");
        s.put("transaction.state.log.num.partitions", "4");
        s.put("share.coordinator.state.topic.num.partitions", "4");
        // groups are ready at once, and a killed member's work moves within seconds
        s.put("group.initial.rebalance.delay.ms", "0");
        s.put("group.streams.initial.rebalance.delay.ms", "0");
        s.put("group.streams.heartbeat.interval.ms", "500");
        s.put("group.streams.min.heartbeat.interval.ms", "500");
        s.put("group.streams.session.timeout.ms", "6000");
        s.put("group.streams.min.session.timeout.ms", "6000");
        s.put("group.share.heartbeat.interval.ms", "500");
        s.put("group.share.min.heartbeat.interval.ms", "500");
        s.put("group.share.session.timeout.ms", "6000");
        s.put("group.share.min.session.timeout.ms", "6000");
        // an unclean exit must not make the next start wait for the old registration
        s.put("broker.session.timeout.ms", "3000");
        s.put("broker.heartbeat.interval.ms", "500");
        s.put("message.max.bytes", "16777216");
        s.put("replica.fetch.max.bytes", "16777216");
        s.put("auto.create.topics.enable", "false");
        s.put("log.segment.bytes", "67108864");
        s.put("log.cleaner.dedupe.buffer.size", "16777216");
        s.put("num.network.threads", "2");
        s.put("num.io.threads", "4");
        return s;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(LOOPBACK))) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
