package io.homeostat.benchmarks.gateway;

import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.Period;
import io.homeostat.backbone.spec.RolloutSpec;
import io.homeostat.backbone.spec.Share;
import io.homeostat.benchmarks.gateway.ModelServer.Fault;
import io.homeostat.benchmarks.harness.Benchmark;
import io.homeostat.benchmarks.harness.BrokerProcess;
import io.homeostat.benchmarks.harness.Figures;
import io.homeostat.benchmarks.harness.Sample;
import io.homeostat.benchmarks.harness.Table;
import io.homeostat.model.artifact.FileArtifactStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * How fast a candidate is taken back: from the request that proves its harm to the last answer that it gives to a user, with
 * broker, deployer and gateway as they are shipped, each in a process of its own. A candidate on a fifth of the traffic
 * begins to misbehave on half of its requests, in one of five ways; the other half it answers, so it keeps serving until the
 * route changes.
 *
 * <p>A decision carries the time of the latest request that the deployer knew of. The time counts from when the gateway knew
 * that request's outcome: it came then, plus what its event says that the candidate took. Where an earlier request proves the
 * harm, as a call that hangs is told of a second late, its outcome was known a little later than that, so the benchmark's time
 * is rather too long than too short.
 *
 * <p>{@code HOMEOSTAT_ROUNDS} of each way, default 3.
 */
public final class RollbackBenchmark implements Benchmark {
    private static final int ROUNDS = GatewayBenchmark.setting("HOMEOSTAT_ROUNDS", 3);
    private static final int RATE = 500;
    private static final int HEALTHY = 2 * RATE;
    private static final int REQUESTS = 6 * RATE;
    private static final int CONNECTIONS = 256;
    private static final double FAULTY = .5;
    private static final String MODEL = "loans";

    private static int proposals;

    private record Round(double millis, int served, int failed, double slowestMillis, String reason) {}

    @Override
    public Figures run() throws Exception {
        Path directory = Files.createTempDirectory("rollback-benchmark");
        try (BrokerProcess broker = BrokerProcess.start(directory.resolve("kafka"));
                ModelServer good = ModelServer.start();
                ModelServer bad = ModelServer.start();
                ServiceProcess deployer = ServiceProcess.start(
                        "deployer/deployer-app",
                        UnaryOperator.identity(),
                        Map.of(
                                "kafka.bootstrap.servers",
                                broker.bootstrapServers(),
                                "homeostat.streams.state-dir",
                                directory.resolve("streams").toString()),
                        "/q/openapi",
                        directory);
                ServiceProcess gateway =
                        GatewayBenchmark.gateway(broker.bootstrapServers(), UnaryOperator.identity(), directory);
                RouteLog routes = new RouteLog(broker.bootstrapServers(), Loans.TOPICS);
                ProofLog proofs = new ProofLog(broker.bootstrapServers(), Loans.TOPICS)) {
            FileArtifactStore store = new FileArtifactStore(directory.resolve("artifacts"));
            crown(broker, gateway, Loans.upstream(store, good.port(), "v1"));
            System.out.println("… deployer on port " + deployer.port() + ", gateway on port " + gateway.port());
            return rounds(broker, bad, gateway, routes, proofs, store);
        }
    }

    private static Figures rounds(
            BrokerProcess broker,
            ModelServer bad,
            ServiceProcess gateway,
            RouteLog routes,
            ProofLog proofs,
            FileArtifactStore store)
            throws IOException, InterruptedException {
        Map<Fault, List<Round>> all = new EnumMap<>(Fault.class);
        for (int r = 0; r <= ROUNDS; r++) {
            for (Fault fault : Fault.values()) {
                if (fault == Fault.NONE || (r == 0 && fault != Fault.ERRORS)) { // one warms up
                    continue;
                }
                String version = fault.name().toLowerCase(Locale.ROOT) + "-" + r;
                bad.misbehave(Fault.NONE, 0);
                say(broker, version, Loans.upstream(store, bad.port(), version));
                gateway.awaitOk("/v2/models/" + MODEL + "/versions/" + version + "/ready");
                Round round = round(bad, gateway.port(), routes, proofs, fault, version);
                System.out.printf(
                        Locale.ROOT,
                        "… %-9s %.0f ms, %d answers by the candidate, %d requests failed, the slowest %.0f ms: %s%n",
                        version,
                        round.millis(),
                        round.served(),
                        round.failed(),
                        round.slowestMillis(),
                        round.reason());
                if (r > 0) {
                    all.computeIfAbsent(fault, f -> new ArrayList<>()).add(round);
                }
            }
        }
        return figures(all);
    }

    private static Figures figures(Map<Fault, List<Round>> all) {
        Table table = new Table("half of the candidate's requests", "rounds", "ms, median", "ms, most", "failed");
        all.forEach((fault, rounds) -> {
            Sample millis = Sample.of(rounds.stream().map(Round::millis).toList());
            table.row(
                    fault.name().toLowerCase(Locale.ROOT),
                    rounds.size(),
                    String.format(Locale.ROOT, "%.0f", millis.median()),
                    String.format(Locale.ROOT, "%.0f", millis.max()),
                    rounds.stream().mapToInt(Round::failed).sum());
        });
        System.out.println("\n" + table);
        List<Round> rounds = all.values().stream().flatMap(List::stream).toList();
        Sample millis = Sample.of(rounds.stream().map(Round::millis).toList());
        return new Figures()
                .add("millis_p50", millis.median())
                .add("millis_max", millis.max())
                .add("failedRequests", rounds.stream().mapToInt(Round::failed).sum())
                .add("rounds", rounds.size());
    }

    private static Round round(ModelServer bad, int port, RouteLog routes, ProofLog proofs, Fault fault, String version)
            throws IOException, InterruptedException {
        Instant begin = Instant.now();
        String mark = "\"model_version\":\"" + version + "\"";
        Answers answers = new Answers(mark);
        new OpenLoop(
                        port,
                        i -> {
                            if (i == HEALTHY) {
                                begin(bad, fault);
                            }
                            return Loans.request(MODEL, version.hashCode() + i);
                        },
                        answers::add)
                .run(REQUESTS, RATE, CONNECTIONS);
        Route back = routes.firstWithout(version, begin);
        Instant known = proofs.knownAt(version, back.at());
        return new Round(
                Duration.between(known, answers.last()).toNanos() / 1e6,
                answers.served(),
                answers.failed(),
                answers.slowestMillis(),
                back.reason());
    }

    private static void begin(ModelServer bad, Fault fault) {
        try {
            bad.misbehave(fault, FAULTY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first champion, proposed until the deployer has read the spec, without which it refuses. */
    private static void crown(BrokerProcess broker, ServiceProcess gateway, ArtifactRef artifact)
            throws InterruptedException {
        ModelSpec spec = ModelSpec.read(("{model: " + MODEL + ", task: binary, features: {" + Loans.features()
                        + "}, rollout: {guardrails: {errorRate: {worseByAtMost: 0.5%}, latencyP99: {atMost: 100ms}}}}")
                .getBytes(StandardCharsets.UTF_8));
        Loans.say(broker.bootstrapServers(), Loans.TOPICS.models(), Map.of(MODEL, spec));
        for (int tries = 0; !gateway.ok("/v2/models/" + MODEL + "/ready"); tries++) {
            if (tries == 30) {
                throw new IllegalStateException("the deployer has crowned no champion");
            }
            say(broker, "v1", artifact);
            Thread.sleep(2_000);
        }
    }

    private static void say(BrokerProcess broker, String version, ArtifactRef artifact) throws InterruptedException {
        CandidateEvent event = new CandidateEvent(
                version + "-" + ++proposals,
                MODEL,
                version,
                artifact,
                Instant.now(),
                "benchmark",
                null,
                null,
                null,
                Map.of(),
                null,
                List.of(new RolloutSpec.Step(null, new Share(.2), null, new Period(Duration.ofMinutes(10)))),
                "behaves at first");
        Loans.say(broker.bootstrapServers(), Loans.TOPICS.candidates(), Map.of(MODEL, event));
    }
}
