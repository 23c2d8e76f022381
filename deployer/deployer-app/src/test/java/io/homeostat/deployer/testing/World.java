package io.homeostat.deployer.testing;

import io.homeostat.backbone.deadletter.DeadLetter;
import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.ArtifactRef;
import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.backbone.event.RolloutCommand;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RolloutSpec;
import io.homeostat.backbone.topic.Topic;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.backbone.topology.Topologies;
import io.homeostat.deployer.ClockSetting;
import io.homeostat.deployer.DeployerPart;
import io.homeostat.rollout.routing.ArmChoice;
import io.homeostat.rollout.routing.Bucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** A model with traffic of a request every 15 seconds, a gateway that follows the routes, and the deployer under test. */
public final class World implements AutoCloseable {
    public static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    public static final String MODEL = "loans";
    private static final Topics TOPICS = new Topics("homeostat", 1, (short) 1);
    private static final String SPEC = """
            model: loans
            task: binary
            features: {salary: numeric}
            rollout:
              steps: [shadow: 2m, {canary: 10%, hold: 2m}, {ab: 50%, hold: 2m}]
              guardrails: {errorRate: {worseByAtMost: 0%}}
              decide: {deadline: 12h}
              watchAfterPromotion: 5m
              minRequests: 5
            """;

    public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    public final List<LedgerEntry> ledger = new ArrayList<>();
    public final List<Route> routes = new ArrayList<>();
    public final List<RolloutStatus> statuses = new ArrayList<>();
    public final List<DeadLetter> dead = new ArrayList<>();
    public final Map<String, Quality> qualities = new HashMap<>();
    public final TopologyTestDriver driver;
    public Instant time = START;

    private final SplittableRandom random;
    private final TestInputTopic<String, ModelSpec> specs;
    private final TestInputTopic<String, CandidateEvent> candidates;
    private final TestInputTopic<String, RolloutCommand> commands;
    private final TestInputTopic<String, PredictionEvent> predictions;
    private final TestInputTopic<String, LabelledEvent> labelled;
    private final TestOutputTopic<String, LedgerEntry> ledgerOut;
    private final TestOutputTopic<String, Route> routesOut;
    private final TestOutputTopic<String, RolloutStatus> statusesOut;
    private final TestOutputTopic<String, DeadLetter> deadOut;
    private int request;

    /** Whether the side that does not answer computes the request as well, as behind our gateway. */
    public boolean copies = true;

    /** How often a version is wrong, and how often it fails. */
    public record Quality(double wrong, double failing) {}

    public World(Path directory, long seed, ClockSetting clock) {
        random = new SplittableRandom(seed);
        driver = new TopologyTestDriver(
                Topologies.of(TOPICS, List.of(new DeployerPart(clock, meters))),
                Topologies.settings(TOPICS, "test", "nowhere:1", directory.toString(), 1, Duration.ofMillis(100)),
                START);
        specs = in(TOPICS.models());
        candidates = in(TOPICS.candidates());
        commands = in(TOPICS.rolloutCommands());
        predictions = in(TOPICS.predictions());
        labelled = in(TOPICS.labelled());
        ledgerOut = out(TOPICS.ledger());
        routesOut = out(TOPICS.routes());
        statusesOut = out(TOPICS.rollouts());
        deadOut = out(TOPICS.deadLetters());
    }

    /** A world with a registered model whose first champion is v1. */
    public static World withChampion(Path directory, long seed, ClockSetting clock) {
        World world = new World(directory, seed, clock);
        world.register();
        world.propose("first", "v1", null);
        world.qualities.put("v1", new Quality(.6, .01));
        return world;
    }

    private <V> TestInputTopic<String, V> in(Topic<V> topic) {
        return driver.createInputTopic(
                topic.name(), new StringSerializer(), topic.valueSerde().serializer());
    }

    private <V> TestOutputTopic<String, V> out(Topic<V> topic) {
        return driver.createOutputTopic(
                topic.name(), new StringDeserializer(), topic.valueSerde().deserializer());
    }

    public void register() {
        specs.pipeInput(MODEL, ModelSpec.read(SPEC.getBytes(StandardCharsets.UTF_8)), time);
    }

    public void remove() {
        specs.pipeInput(MODEL, null, time);
    }

    public static CandidateEvent candidate(String id, String version, Instant at) {
        return candidate(id, version, at, null, null, null);
    }

    public static CandidateEvent candidate(
            String id, String version, Instant at, String retuneId, String baseline, List<RolloutSpec.Step> steps) {
        return new CandidateEvent(
                id,
                MODEL,
                version,
                new ArtifactRef("%064x".formatted(version.hashCode()), "homeostat-lightgbm/1", 100),
                at,
                retuneId == null ? "ada" : "retune",
                baseline,
                retuneId,
                retuneId,
                Map.of(),
                null,
                steps,
                "a better one");
    }

    public void propose(String id, String version, List<RolloutSpec.Step> steps) {
        propose(candidate(id, version, time, null, null, steps));
    }

    public void propose(CandidateEvent candidate) {
        candidates.pipeInput(candidate.model(), candidate, time);
        read();
    }

    public void command(String id, RolloutCommand.Action action) {
        commands.pipeInput(MODEL, new RolloutCommand(id, MODEL, action, "ada", "month end", time), time);
        read();
    }

    public Route route() {
        return routes.get(routes.size() - 1);
    }

    public RolloutStatus status() {
        return statuses.get(statuses.size() - 1);
    }

    public List<String> actions() {
        return ledger.stream().map(LedgerEntry::action).toList();
    }

    /** Requests with their labels, as the gateway answers them by the route in force. */
    public void traffic(int requests) {
        for (int i = 0; i < requests; i++) {
            answer(route());
        }
    }

    /** Requests until the last route says so, at most so many. */
    public void trafficUntil(java.util.function.Predicate<World> enough, int most) {
        for (int i = 0; i < most && !enough.test(this); i++) {
            answer(route());
        }
    }

    /** One request by any route, perhaps an old one. */
    public void answer(Route route) {
        time = time.plusSeconds(15);
        driver.advanceWallClockTime(Duration.ofSeconds(15));
        PredictionEvent prediction = prediction(route);
        predictions.pipeInput(prediction.predictionId(), prediction, time);
        labelled.pipeInput(prediction.predictionId(), new LabelledEvent(prediction, "1", time, false), time);
        read();
    }

    private PredictionEvent prediction(Route route) {
        String unit = "unit-" + request;
        String id = "p-" + request++;
        Answer champion = answer(route.champion());
        if (route.challenger() == null) {
            return new PredictionEvent(
                    id, MODEL, time, Map.of(), champion, unit, null, null, null, null, null, null, null, 1);
        }
        Answer challenger = answer(route.challenger());
        Bucket bucket = Bucket.of(route.salt(), unit);
        boolean given = new ArmChoice(route.salt(), route.challengerPercent()).armOf(bucket)
                == io.homeostat.rollout.routing.Arm.CANDIDATE;
        boolean answers = given && !(copies && challenger.failed());
        return new PredictionEvent(
                id,
                MODEL,
                time,
                Map.of(),
                answers ? challenger : champion,
                unit,
                route.rolloutId(),
                route.step(),
                answers ? Arm.CANDIDATE : Arm.STABLE,
                route.challengerPercent(),
                bucket.number(),
                copies ? (answers ? champion : challenger) : null,
                null,
                1);
    }

    private Answer answer(Route.Target target) {
        Quality quality = qualities.get(target.version());
        boolean fails = random.nextDouble() < quality.failing();
        boolean wrong = random.nextDouble() < quality.wrong();
        return fails
                ? new Answer(target.version(), null, null, null, null, 500, 1.0)
                : new Answer(target.version(), null, wrong ? "0" : "1", wrong ? .2 : .8, null, 200, 1.0);
    }

    public void label(PredictionEvent prediction, boolean correction) {
        labelled.pipeInput(prediction.predictionId(), new LabelledEvent(prediction, "0", time, correction), time);
        read();
    }

    public void idle(Duration howLong) {
        time = time.plus(howLong);
        driver.advanceWallClockTime(howLong);
        read();
    }

    private void read() {
        ledger.addAll(ledgerOut.readValuesToList());
        routes.addAll(routesOut.readValuesToList());
        statuses.addAll(statusesOut.readValuesToList());
        dead.addAll(deadOut.readValuesToList());
    }

    @Override
    public void close() {
        driver.close();
    }
}
