package io.homeostat.benchmarks.study;

import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.topic.TopicProvisioner;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.BrokerProcess;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Logs;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The memory of {@code MEMORY_RECORDS} studies (default 100,000) of {@code MEMORY_MODELS} models (default 600): the broker is a
 * process of its own, and the memory is started {@code MEMORY_RESTARTS} times (default 3) in a new JVM with 1.5 GB of heap, see
 * {@link MemoryRestart}.
 */
public final class MemoryBenchmark implements Benchmark {
    private static final int PROGRESS = 20_000;

    @Override
    public Figures run() throws Exception {
        int records = setting("MEMORY_RECORDS", 100_000);
        int models = setting("MEMORY_MODELS", 600);
        Path folder = Files.createTempDirectory("memory");
        Topics topics = new Topics("memory", 4, (short) 1);
        try (BrokerProcess broker = BrokerProcess.start(folder.resolve("kafka"))) {
            double bytes = fill(broker.bootstrapServers(), topics, new SyntheticRecords(models), records);
            List<Map<String, Double>> restarts = new ArrayList<>();
            for (int i = 0; i < setting("MEMORY_RESTARTS", 3); i++) {
                restarts.add(restart(broker.bootstrapServers(), topics, models));
                System.out.println("restart " + (i + 1) + ": " + restarts.get(i));
            }
            return figures(records, bytes / records, restarts);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                files.sorted((a, b) -> b.compareTo(a))
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private static int setting(String name, int otherwise) {
        return Integer.parseInt(System.getenv().getOrDefault(name, String.valueOf(otherwise)));
    }

    private static double fill(String servers, Topics topics, SyntheticRecords made, int records) {
        new TopicProvisioner(servers, TopicProvisioner.Mode.CREATE).provision(List.of(topics.metaRecords()));
        double bytes = 0;
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", servers, "linger.ms", 5, "batch.size", 1 << 17, "compression.type", "lz4"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < records; i++) {
                byte[] json = Json.bytes(made.record(i));
                bytes += json.length;
                producer.send(new ProducerRecord<>(topics.metaRecords().name(), "study-" + i, json));
                if ((i + 1) % PROGRESS == 0) {
                    System.out.println((i + 1) + " records written");
                }
            }
        }
        return bytes;
    }

    private static Map<String, Double> restart(String servers, Topics topics, int models) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx1500m",
                        "-XX:+UseParallelGC",
                        Logs.MANAGER_OPTION,
                        "-Dhomeostat.data=" + System.getProperty("homeostat.data", "../shared/data"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MemoryRestart.class.getName(),
                        servers,
                        topics.metaRecords().name(),
                        String.valueOf(models))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String last = process.inputReader(StandardCharsets.UTF_8)
                .lines()
                .reduce((before, after) -> after)
                .orElseThrow(() -> new IllegalStateException("the memory's process said nothing"));
        Map<String, Double> figures = new java.util.LinkedHashMap<>();
        Json.mapper()
                .readTree(last)
                .fields()
                .forEachRemaining(
                        field -> figures.put(field.getKey(), field.getValue().doubleValue()));
        return figures;
    }

    private static Figures figures(int records, double bytes, List<Map<String, Double>> restarts) {
        ToDoubleFunction<String> median = name -> new Sample(restarts.stream()
                        .mapToDouble(each -> each.getOrDefault(name, Double.NaN))
                        .toArray())
                .median();
        Figures figures = new Figures().add("records", records).add("bytesPerRecord", bytes);
        Table table = new Table("median of " + restarts.size() + " restarts", "");
        for (String name : restarts.get(0).keySet()) {
            figures.add(name, median.applyAsDouble(name));
            table.row(name, String.format(Locale.ROOT, "%,.1f", median.applyAsDouble(name)));
        }
        System.out.println();
        System.out.print(table);
        return figures;
    }
}
