package io.homeostat.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.backbone.event.LabelledEvent;
import io.homeostat.backbone.event.PredictionEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.testing.TopicReader;
import io.homeostat.backbone.topic.Topics;
import io.homeostat.standalone.loop.Feed;
import io.homeostat.standalone.loop.GatewayClient;
import io.homeostat.standalone.loop.GatewayClient.Ask;
import io.homeostat.standalone.loop.GatewayClient.Told;
import io.homeostat.standalone.loop.LoopView;
import io.homeostat.standalone.traffic.Agrawal;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGKILL in the middle of a study and in the middle of a canary; the same data directory; everything goes on. */
class KillIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Topics TOPICS = new Topics("homeostat", 2, (short) 1);
    private static final ModelSpec SPEC = ModelSpec.read("""
            model: loans
            task: binary
            positive: granted
            features: {salary: numeric, commission: numeric, age: numeric, elevel: categorical, car: categorical,
              zipcode: categorical, hvalue: numeric, hyears: numeric, loan: numeric}
            watch: {window: 5s, alarm: {cooldown: 1h, settleRows: 1500, settleAtMost: 1h}}
            retune: {budget: {trials: 16, parallel: 2, wall: 5m}, snapshotRows: 6000}
            rollout:
              steps: [shadow: 1s, {canary: 20%, hold: 8s}]
              decide: {margin: 1%, deadline: 10m}
              watchAfterPromotion: 1s
              minRequests: 20
            """.getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path work;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Agrawal applicants = new Agrawal(random.split(), 0.05);
    private final Set<String> labelled = new HashSet<>();
    private final int httpPort = freePort();
    private final int kafkaPort = freePort();
    private int asked;

    @Test
    void goesOnAfterBeingKilledDuringAStudyAndDuringACanary() throws Exception {
        try (Standalone first = start()) {
            register();
            try (LoopView view = view();
                    Feed feed = feed()) {
                history(feed);
                String id = feed.firstChampion("loans", Instant.now()).id();
                feed.flush();
                view.await(
                        PATIENCE,
                        "a study with trials done",
                        v -> v.study(id)
                                .filter(s -> s.trials().stream()
                                                .filter(t -> t.state().equals("complete"))
                                                .count()
                                        >= 3)
                                .isPresent());
                assertThat(view.retune(id).orElseThrow().phase()).isEqualTo(RetuneStatus.Phase.SEARCH);
            }
            first.kill();
        }
        try (Standalone second = start()) {
            try (LoopView view = view();
                    Feed feed = feed()) {
                view.await(PATIENCE, "the first champion", v -> v.route().isPresent());
                theStudyCountsEveryTrialOnce(view, "loans-first");
                traffic(feed, 600, 4);
                traffic(feed, 1500, 7);
                keepTrafficUntil(
                        view,
                        feed,
                        7,
                        "a canary",
                        v -> v.rollouts().stream().anyMatch(r -> r.phase() == RolloutStatus.Phase.CANARY));
            }
            everyAnswerIsOnTheTopic();
            second.kill();
        }
        try (Standalone third = start()) {
            try (LoopView view = view();
                    Feed feed = feed()) {
                keepTrafficUntil(
                        view,
                        feed,
                        7,
                        "the promotion",
                        v -> v.rollouts().stream()
                                .anyMatch(
                                        r -> r.phase() == RolloutStatus.Phase.PROMOTED && r.championVersion() != null));
                // one champion
                var route = view.route().orElseThrow();
                assertThat(route.champion().version()).isEqualTo("v2");
                assertThat(view.retunes().stream()
                                .filter(r -> r.phase() == RetuneStatus.Phase.CANDIDATE)
                                .map(RetuneStatus::candidateVersion))
                        .doesNotHaveDuplicates();
                view.retunes().stream()
                        .filter(r -> r.studyId() != null && r.phase().isEnd())
                        .forEach(r -> theStudyCountsEveryTrialOnce(view, r.studyId()));
            }
            noEventIsLost();
            assertThat(third.isAlive()).isTrue();
        }
    }

    private static void theStudyCountsEveryTrialOnce(LoopView view, String studyId) {
        view.await(
                PATIENCE,
                "the end of the study",
                v -> v.study(studyId).filter(StudyEvent::finished).isPresent());
        StudyEvent study = view.study(studyId).orElseThrow();
        assertThat(study.trials()).hasSize(16);
        assertThat(study.trials().stream().map(StudyEvent.TrialSummary::number)).doesNotHaveDuplicates();
        assertThat(study.trials()).allSatisfy(t -> assertThat(t.state()).isIn("complete", "pruned", "failed"));
    }

    /** The gateway answers before it writes; what is killed in between was never an event. */
    private void everyAnswerIsOnTheTopic() {
        try (TopicReader<PredictionEvent> reader = new TopicReader<>("127.0.0.1:" + kafkaPort, TOPICS.predictions())) {
            reader.await(PATIENCE, all -> all.size() >= asked);
        }
    }

    private void noEventIsLost() {
        try (TopicReader<LabelledEvent> reader = new TopicReader<>("127.0.0.1:" + kafkaPort, TOPICS.labelled())) {
            List<LabelledEvent> joined = reader.await(
                    PATIENCE,
                    all -> all.stream()
                                    .filter(e -> e.prediction().predictionId().startsWith("app-"))
                                    .count()
                            >= labelled.size());
            List<String> ids = joined.stream()
                    .map(e -> e.prediction().predictionId())
                    .filter(id -> id.startsWith("app-"))
                    .toList();
            assertThat(ids).doesNotHaveDuplicates().containsAll(labelled);
        }
    }

    private Standalone start() {
        Standalone process = Standalone.start(
                work,
                "up",
                "--data",
                work.resolve("data").toString(),
                "--port",
                Integer.toString(httpPort),
                "--kafka-port",
                Integer.toString(kafkaPort));
        Awaitility.await().atMost(PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new AssertionError("the process ended; it said:\n" + process.said());
            }
            return process.said().contains("ready in");
        });
        return process;
    }

    private GatewayClient gateway() {
        return new GatewayClient(URI.create("http://127.0.0.1:" + httpPort), "loans", SPEC.features());
    }

    private LoopView view() {
        return new LoopView("127.0.0.1:" + kafkaPort, TOPICS, "loans").start();
    }

    private Feed feed() {
        return new Feed("127.0.0.1:" + kafkaPort, TOPICS);
    }

    private void register() {
        gateway().send("PUT", "/api/v1/models/loans", "application/json", io.homeostat.backbone.serde.Json.bytes(SPEC));
    }

    private void history(Feed feed) {
        Instant start = Instant.now().minusSeconds(10_000);
        for (int i = 0; i < 4000; i++) {
            Agrawal.Application a = applicants.next(4);
            feed.history("loans", "history-" + i, a.features(), a.label(), start.plusSeconds(i));
        }
        feed.flush();
    }

    private void traffic(Feed feed, int rows, int function) {
        GatewayClient gateway = gateway();
        for (int sent = 0; sent < rows; sent += 20) {
            List<Ask> asks = new ArrayList<>();
            List<String> labels = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Agrawal.Application a = applicants.next(function);
                asks.add(new Ask("app-" + asked++, "user-" + random.nextInt(500), null, a.features()));
                labels.add(a.label());
            }
            List<Told> told = gateway.infer(asks);
            assertThat(told).hasSize(20);
            for (int i = 0; i < 20; i++) {
                feed.label("loans", asks.get(i).predictionId(), labels.get(i), Instant.now());
                labelled.add(asks.get(i).predictionId());
            }
            feed.flush();
        }
    }

    private void keepTrafficUntil(
            LoopView view, Feed feed, int function, String what, java.util.function.Predicate<LoopView> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(view)) {
            if (System.nanoTime() > end) {
                view.await(Duration.ZERO, what, condition);
            }
            traffic(feed, 40, function);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
