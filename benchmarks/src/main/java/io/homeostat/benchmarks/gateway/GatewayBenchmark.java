package io.homeostat.benchmarks.gateway;

import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.BrokerProcess;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.model.artifact.FileArtifactStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What the gateway adds to a call of a model server, beside HAProxy and nginx with a weighted split, where they are on the
 * PATH: at a fixed rate, the gateway or proxy alone on one processor, in interleaved rounds of one run. The broker is
 * written to beforehand: only the gateway's rounds write to it, and it would compile its own code then, on the processor of the
 * load generator and the model server.
 *
 * <p>Sizes may be set: {@code HOMEOSTAT_ROUNDS} (default 4), {@code HOMEOSTAT_SECONDS} of each (default 6),
 * {@code HOMEOSTAT_RATE} per second (default 2,000), {@code HOMEOSTAT_WARM_UP_SECONDS} before (default 60) of the gateway and
 * the model server, which are compiled while they run; the proxies have five seconds.
 */
public final class GatewayBenchmark implements Benchmark {
    private static final int ROUNDS = setting("HOMEOSTAT_ROUNDS", 4);
    private static final int SECONDS = setting("HOMEOSTAT_SECONDS", 6);
    private static final int RATE = setting("HOMEOSTAT_RATE", 2_000);
    private static final int WARM_UP_SECONDS = setting("HOMEOSTAT_WARM_UP_SECONDS", 60);
    private static final int CONNECTIONS = 64;
    private static final int PROXY_WARM_UP_SECONDS = 5; // they are compiled already
    private static final int FIRST_PROXY = 3; // of the contenders
    private static final int BROKER_WARM_UP_WRITES = 40_000;
    private static final int PERCENT = 5;
    private static final int UNITS = 4_096;
    private static final String PLAIN = "loans";
    private static final String SHADOWED = "loans-shadowed";

    private record Contender(String name, int port, String model, Supplier<Duration> cpu, List<Round> rounds) {
        Contender(String name, int port, String model, Supplier<Duration> cpu) {
            this(name, port, model, cpu, new ArrayList<>());
        }
    }

    private record Round(double p50, double p99, double cpuMicros, int failed) {}

    static int setting(String name, int standard) {
        String value = System.getenv(name);
        return value == null ? standard : Integer.parseInt(value);
    }

    @Override
    public Figures run() throws Exception {
        Figures figures = new Figures();
        Cores.leaveTheFirst();
        new Buckets().measure(figures);
        Path directory = Files.createTempDirectory("gateway-benchmark");
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"));
                ModelServer server = ModelServer.start();
                ServiceProcess gateway = gateway(broker.bootstrapServers(), Cores::first, directory)) {
            route(broker.bootstrapServers(), server.port(), directory);
            gateway.awaitOk("/v2/models/" + PLAIN + "/ready");
            gateway.awaitOk("/v2/models/" + SHADOWED + "/ready");
            Loans.writeOften(broker.bootstrapServers(), BROKER_WARM_UP_WRITES);
            List<Contender> contenders = new ArrayList<>();
            contenders.add(new Contender("direct", server.port(), PLAIN, () -> Duration.ZERO));
            contenders.add(new Contender("gateway", gateway.port(), PLAIN, gateway::cpu));
            contenders.add(new Contender("gateway, shadow copies", gateway.port(), SHADOWED, gateway::cpu));
            List<Proxy> proxies = proxies(server.port(), directory, contenders);
            try {
                measure(contenders, figures);
            } finally {
                proxies.forEach(Proxy::close);
            }
        }
        return figures;
    }

    /** The gateway's process. */
    static ServiceProcess gateway(String bootstrapServers, UnaryOperator<List<String>> pinned, Path directory)
            throws IOException, InterruptedException {
        return ServiceProcess.start(
                "deployer/inference-gateway",
                pinned,
                Map.of(
                        "kafka.bootstrap.servers",
                        bootstrapServers,
                        "homeostat.artifacts.dir",
                        directory.resolve("artifacts").toString()),
                "/v2/health/ready",
                directory);
    }

    private static void route(String bootstrapServers, int port, Path directory) throws InterruptedException {
        FileArtifactStore store = new FileArtifactStore(directory.resolve("artifacts"));
        Route.Target champion = new Route.Target("v1", Loans.upstream(store, port, "v1"));
        Route.Target challenger = new Route.Target("v2", Loans.upstream(store, port, "v2"));
        Map<String, ModelSpec> specs = new LinkedHashMap<>();
        Map<String, Route> routes = new LinkedHashMap<>();
        for (String model : List.of(PLAIN, SHADOWED)) {
            specs.put(
                    model,
                    ModelSpec.read(("{model: " + model + ", task: binary, features: {" + Loans.features() + "}}")
                            .getBytes(StandardCharsets.UTF_8)));
            boolean shadow = model.equals(SHADOWED);
            routes.put(
                    model,
                    new Route(
                            model, 1, Instant.now(), champion, challenger, PERCENT, shadow, "r", 0, "r", "benchmark"));
        }
        Loans.say(bootstrapServers, Loans.TOPICS.models(), specs);
        Loans.say(bootstrapServers, Loans.TOPICS.routes(), routes);
    }

    private static List<Proxy> proxies(int port, Path directory, List<Contender> contenders)
            throws IOException, InterruptedException {
        List<Proxy> proxies = new ArrayList<>();
        for (String name : List.of("haproxy", "nginx")) {
            if (!Cores.isOnPath(name)) {
                System.out.println("… " + name + " is not on the PATH and left out; it is a Debian package");
                continue;
            }
            Proxy proxy = name.equals("haproxy")
                    ? Proxy.haproxy(port, port, PERCENT, directory)
                    : Proxy.nginx(port, port, PERCENT, directory);
            proxies.add(proxy);
            contenders.add(new Contender(name, proxy.port(), PLAIN, proxy::cpu));
        }
        return proxies;
    }

    private static void measure(List<Contender> contenders, Figures figures) throws IOException, InterruptedException {
        for (int i = 0; i < contenders.size(); i++) {
            once(contenders.get(i), i < FIRST_PROXY ? WARM_UP_SECONDS : PROXY_WARM_UP_SECONDS, " (warms up)");
        }
        for (int r = 0; r < ROUNDS; r++) {
            for (Contender contender : contenders) {
                contender.rounds().add(once(contender, SECONDS, ""));
            }
        }
        List<Round> direct = contenders.get(0).rounds();
        Table table =
                new Table("at " + RATE + "/s", "p50 ms", "p99 ms", "added p50", "added p99", "µs of CPU", "failed");
        for (Contender contender : contenders) {
            List<Round> own = contender.rounds();
            table.row(
                    contender.name(),
                    of(own, Round::p50).medianText(),
                    of(own, Round::p99).medianText(),
                    added(own, direct, Round::p50).medianText(),
                    added(own, direct, Round::p99).medianText(),
                    of(own, Round::cpuMicros).medianText(),
                    own.stream().mapToInt(Round::failed).sum());
        }
        System.out.println("\n" + table);
        figures(contenders, direct, figures);
    }

    private static void figures(List<Contender> contenders, List<Round> direct, Figures figures) {
        List<Round> gateway = contenders.get(1).rounds();
        List<Round> shadowed = contenders.get(2).rounds();
        double proxyP50 = Double.NaN;
        double proxyP99 = Double.NaN;
        for (Contender proxy : contenders.subList(FIRST_PROXY, contenders.size())) {
            double p50 = added(proxy.rounds(), direct, Round::p50).median();
            if (Double.isNaN(proxyP50) || p50 < proxyP50) { // the faster one
                proxyP50 = p50;
                proxyP99 = added(proxy.rounds(), direct, Round::p99).median();
            }
        }
        figures.add("addedP50Millis", added(gateway, direct, Round::p50).median())
                .add("addedP99Millis", added(gateway, direct, Round::p99).median())
                .add("proxyAddedP50Millis", proxyP50)
                .add("proxyAddedP99Millis", proxyP99)
                .add("shadowAddedP50Millis", added(shadowed, direct, Round::p50).median())
                .add("shadowAddedP99Millis", added(shadowed, direct, Round::p99).median())
                .add("gatewayCpuMicros", of(gateway, Round::cpuMicros).median())
                .add(
                        "failedRequests",
                        contenders.stream()
                                .flatMap(contender -> contender.rounds().stream())
                                .mapToInt(Round::failed)
                                .sum());
    }

    private static Round once(Contender contender, int seconds, String note) throws IOException, InterruptedException {
        int count = RATE * seconds;
        List<byte[]> requests = IntStream.range(0, UNITS)
                .mapToObj(unit -> Loans.request(contender.model(), unit))
                .toList();
        Latencies latencies = new Latencies(count);
        Duration before = contender.cpu().get();
        new OpenLoop(
                        contender.port(),
                        i -> requests.get(i % UNITS),
                        (index, latency, status, body) -> latencies.add(latency, status))
                .run(count, RATE, CONNECTIONS);
        double cpu = contender.cpu().get().minus(before).toNanos() / 1e3 / count;
        Round round = new Round(latencies.millis(.5), latencies.millis(.99), cpu, latencies.failed());
        System.out.printf(
                Locale.ROOT,
                "… %-22s p50 %.3f ms, p99 %.3f ms, p99.9 %.2f ms, %.0f µs of CPU, %d failed%s%n",
                contender.name(),
                round.p50(),
                round.p99(),
                latencies.millis(.999),
                round.cpuMicros(),
                round.failed(),
                note);
        return round;
    }

    private static Sample of(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return new Sample(rounds.stream().mapToDouble(figure).toArray());
    }

    /** Round by round: what the machine does besides falls on both. */
    private static Sample added(List<Round> rounds, List<Round> direct, ToDoubleFunction<Round> figure) {
        return new Sample(IntStream.range(0, rounds.size())
                .mapToDouble(i -> figure.applyAsDouble(rounds.get(i)) - figure.applyAsDouble(direct.get(i)))
                .toArray());
    }
}
