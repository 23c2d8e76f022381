package io.homeostat.benchmarks.drift.throughput;

import com.sun.management.OperatingSystemMXBean;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.benchmarks.harness.BrokerProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * What an event cost in one run of a topology over a filled topic. Measured from the first tenth of the events, when tasks
 * are assigned and compiled code is warm, to the last.
 *
 * @param perSecond events per second of wall clock
 * @param cpuMicros processor time of this process per event, without that of asking how many have been handled, which grows
 *     with the number of models as their meters are summed
 * @param brokerMicros processor time of the broker's process per event
 * @param startMillis processor time of this process from the start to the first tenth
 */
record TopologyRun(double perSecond, double cpuMicros, double brokerMicros, double startMillis) {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private static int runs;

    private record Moment(long count, long nanos, long cpuNanos, long brokerNanos) {
        static Moment at(long count, BrokerProcess broker) {
            return new Moment(
                    count,
                    System.nanoTime(),
                    SYSTEM.getProcessCpuTime() - THREADS.getCurrentThreadCpuTime(),
                    broker.cpu().toNanos());
        }
    }

    /**
     * Runs a topology from the beginning of its topics, exactly once, two threads, until it has handled the events.
     *
     * @param handled how many it has handled since it was started
     */
    static TopologyRun of(
            Topology topology,
            Traffic traffic,
            BrokerProcess broker,
            Path directory,
            Duration commitInterval,
            LongSupplier handled)
            throws IOException, InterruptedException {
        String id = "run-" + ++runs;
        Path state = directory.resolve(id);
        Properties settings = Topologies.settings(
                traffic.topics(), id, broker.bootstrapServers(), state.toString(), 2, commitInterval);
        System.gc(); // what the run before has left is not this one's to collect
        try (KafkaStreams streams = new KafkaStreams(topology, settings)) {
            Moment before = Moment.at(0, broker);
            streams.start();
            Moment start = await(traffic.events() / 10, handled, broker, streams);
            Moment end = await(traffic.events(), handled, broker, streams);
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            return between(before, start, end);
        } finally {
            delete(state);
        }
    }

    private static Moment await(long count, LongSupplier handled, BrokerProcess broker, KafkaStreams streams)
            throws InterruptedException {
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (handled.getAsLong() < count) {
            if (System.nanoTime() > until || streams.state() == KafkaStreams.State.ERROR) {
                throw new IllegalStateException("the topology handled " + handled.getAsLong() + " of " + count
                        + " events and is " + streams.state());
            }
            Thread.sleep(10);
        }
        return Moment.at(handled.getAsLong(), broker);
    }

    private static TopologyRun between(Moment before, Moment start, Moment end) {
        double events = end.count() - start.count();
        return new TopologyRun(
                events * 1e9 / (end.nanos() - start.nanos()),
                (end.cpuNanos() - start.cpuNanos()) / 1e3 / events,
                (end.brokerNanos() - start.brokerNanos()) / 1e3 / events,
                (start.cpuNanos() - before.cpuNanos()) / 1e6);
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.sorted((a, b) -> b.compareTo(a)).forEach(f -> f.toFile().delete());
            }
        }
    }
}
