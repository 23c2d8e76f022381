package io.homeostat.standalone.demo;

import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.standalone.Running;
import io.homeostat.standalone.loop.Await;
import io.homeostat.standalone.loop.Feed;
import io.homeostat.standalone.loop.GatewayClient;
import io.homeostat.standalone.loop.LoopView;
import io.homeostat.standalone.loop.Narrator;
import io.homeostat.standalone.loop.Say;
import io.homeostat.standalone.traffic.Agrawal;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The demonstration: a first champion, traffic, a change of concept at a known moment, alarm, re-tune, canary, promotion,
 * quality back; then a bad candidate, taken back. Everything it shows went through broker, gateway and services.
 */
@ApplicationScoped
public class Demo {
    private static final int CONCEPT_BEFORE = 5;
    private static final int CONCEPT_AFTER = 2;
    private static final int HISTORY_ROWS = 6_000;
    private static final int REQUESTS_PER_SECOND = 400;
    private static final Duration LABEL_LAG = Duration.ofMillis(1500);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Running running;

    Demo(Running running) {
        this.running = running;
    }

    /**
     * Runs the scenario.
     *
     * @param seed of the applicants
     * @param say where a person reads it
     * @return whether everything came about as promised
     */
    public boolean run(long seed, Say say) {
        byte[] yaml = specYaml();
        ModelSpec spec = ModelSpec.read(yaml);
        GatewayClient gateway = new GatewayClient(running.http(), spec.model(), spec.features());
        try (LoopView view =
                        running.view(spec.model()).listen(new Narrator(say)).start();
                Feed feed = running.feed();
                Traffic traffic = new Traffic(
                        gateway, feed, spec.model(), seed, CONCEPT_BEFORE, REQUESTS_PER_SECOND, LABEL_LAG)) {
            return play(new Stage(spec, yaml, gateway, view, feed, traffic, say), seed);
        }
    }

    private record Stage(
            ModelSpec spec, byte[] yaml, GatewayClient gateway, LoopView view, Feed feed, Traffic traffic, Say say) {}

    private boolean play(Stage s, long seed) {
        firstChampion(s, seed);
        double before = steadyTraffic(s);
        double changedAt = changeConcept(s);
        double after = awaitRepair(s);
        RolloutStatus bad = badCandidate(s, seed);
        boolean asPromised = summary(s, before, changedAt, after, bad);
        s.say.text("  " + progress(repair(s)));
        return asPromised;
    }

    private void firstChampion(Stage s, long seed) {
        s.say.title("1. A first champion");
        s.gateway.send("PUT", "/api/v1/models/" + s.spec.model(), "application/yaml", s.yaml);
        s.say.line("you", "register the model '" + s.spec.model() + "' with its spec");
        Agrawal applicants = new Agrawal(new SplittableRandom(seed + 1), 0.05);
        Instant start = Instant.now().minusSeconds(HISTORY_ROWS);
        for (int i = 0; i < HISTORY_ROWS; i++) {
            Agrawal.Application a = applicants.next(CONCEPT_BEFORE);
            s.feed.history(s.spec.model(), "history-" + i, a.features(), a.label(), start.plusSeconds(i));
        }
        s.feed.flush();
        s.say.line("you", "bring " + Say.count(HISTORY_ROWS) + " decided applications to learn from");
        String id = s.feed.firstChampion(s.spec.model(), Instant.now()).id();
        s.feed.flush();
        s.view.await(
                PATIENCE,
                "the first champion",
                v -> v.retune(id).isPresent()
                        && v.retune(id).get().phase().isEnd()
                        && v.route().isPresent());
        tellStudy(s, id);
        awaitServing(s, s.view.route().orElseThrow().revision());
    }

    private void awaitServing(Stage s, long revision) {
        running.awaitRoute(s.spec.model(), revision);
    }

    private static void tellStudy(Stage s, String studyId) {
        StudyEvent study = s.view.study(studyId).orElseThrow();
        s.say.line(
                "study",
                study.trials().size() + " trials; best " + study.metric() + " "
                        + String.format(Locale.ROOT, "%.4f", Objects.requireNonNullElse(study.bestValue(), Double.NaN))
                        + " with " + parameters(Objects.requireNonNullElse(study.bestParameters(), Map.of())));
    }

    private static String parameters(Map<String, Object> parameters) {
        return parameters.entrySet().stream()
                .map(p -> p.getKey() + " "
                        + (p.getValue() instanceof Double number
                                ? String.format(Locale.ROOT, "%.3g", number)
                                : p.getValue()))
                .collect(Collectors.joining(", "));
    }

    private double steadyTraffic(Stage s) {
        s.say.title(
                "2. Traffic: " + REQUESTS_PER_SECOND + " requests a second, labels " + Say.time(LABEL_LAG) + " later");
        s.traffic.start();
        double settled = s.traffic.elapsedSeconds() + 2;
        double until = settled + 10;
        awaitTraffic(s, until);
        double accuracy = s.traffic.quality().between(Math.ceil(settled), Math.floor(until));
        s.say.line(
                "traffic", Say.count(s.traffic.answered()) + " requests answered, accuracy " + Say.percent(accuracy));
        return accuracy;
    }

    private double changeConcept(Stage s) {
        s.say.title("3. The world changes");
        double at = s.traffic.elapsedSeconds();
        s.traffic.changeConcept(CONCEPT_AFTER);
        s.say.line("world", "from now on loans are granted by another rule; the inputs look as before");
        return at;
    }

    private double awaitRepair(Stage s) {
        s.view.await(PATIENCE, "an alarm", v -> v.retuneEvents().size() >= 2);
        String id = s.view.retuneEvents().get(1).id();
        s.view.await(
                PATIENCE,
                "the end of the re-tune",
                v -> v.retune(id).filter(r -> r.phase().isEnd()).isPresent());
        tellStudy(s, id);
        RetuneStatus retune = s.view.retune(id).orElseThrow();
        if (retune.phase() != RetuneStatus.Phase.CANDIDATE) {
            throw new IllegalStateException("the re-tune found no candidate: " + retune.reason());
        }
        s.view.await(
                PATIENCE,
                "the promotion",
                v -> v.rollout(id)
                        .filter(r -> r.phase() == RolloutStatus.Phase.WATCHING
                                || r.phase().isEnd())
                        .isPresent());
        double promotedAt = s.traffic.elapsedSeconds();
        s.say.line("traffic", "watch the new champion; the old one stays warm behind it");
        s.view.await(
                PATIENCE,
                "the end of the watch",
                v -> v.rollout(id).filter(r -> r.phase().isEnd()).isPresent());
        double until = s.traffic.elapsedSeconds();
        return s.traffic.quality().between(Math.ceil(promotedAt), Math.floor(until));
    }

    private RolloutStatus badCandidate(Stage s, long seed) {
        s.say.title("4. A careless candidate");
        Agrawal applicants = new Agrawal(new SplittableRandom(seed + 2), 0.05);
        var artifact = running.mixedUpModel(s.spec, applicants, CONCEPT_AFTER);
        s.gateway.send(
                "POST",
                "/api/v1/models/" + s.spec.model() + "/candidates",
                "application/json",
                BadCandidate.proposal(artifact));
        s.say.line("colleague", "proposes a model trained on mixed-up labels, straight to 5 % of the users");
        s.view.await(
                PATIENCE,
                "the end of the careless candidate",
                v -> v.rollout(BadCandidate.ID).filter(r -> r.phase().isEnd()).isPresent());
        RolloutStatus status = s.view.rollout(BadCandidate.ID).orElseThrow();
        awaitServing(s, s.view.route().orElseThrow().revision());
        double until = s.traffic.elapsedSeconds() + 2;
        awaitTraffic(s, until);
        s.traffic.close();
        Await.until(
                PATIENCE,
                "the last answers",
                () -> s.traffic.answered() + s.traffic.failed() >= s.traffic.sent(),
                () -> s.traffic.answered() + " of " + s.traffic.sent() + " came");
        return status;
    }

    private static void awaitTraffic(Stage s, double untilSeconds) {
        Await.until(
                PATIENCE,
                "traffic",
                () -> s.traffic.elapsedSeconds() >= untilSeconds,
                () -> "it runs since " + s.traffic.elapsedSeconds() + " s");
    }

    private boolean summary(Stage s, double before, double changedAt, double after, RolloutStatus bad) {
        double end = s.traffic.elapsedSeconds();
        double[] curve = s.traffic.quality().curve(72, end);
        double served = bad.requests() == 0 ? 0 : (double) bad.candidateServed() / bad.requests();
        boolean back = after >= before - 0.02;
        boolean takenBack = bad.phase() == RolloutStatus.Phase.ROLLED_BACK && served <= 0.10;
        boolean noneLost = s.traffic.failed() == 0;
        s.say.title("Summary");
        s.say.text("  accuracy  " + Say.sparkline(curve, 0.4, 1.0));
        s.say.text("            " + " ".repeat((int) Math.min(70, changedAt / end * 72)) + "↑ the world changed");
        s.say.text("  before the change " + Say.percent(before) + ", after the promotion " + Say.percent(after)
                + (back ? ": quality is back." : ": quality is NOT back within 2 points."));
        s.say.text("  the careless candidate answered " + Say.count(bad.candidateServed()) + " of "
                + Say.count(bad.requests()) + " requests (" + Say.percent(served) + ") and was "
                + (takenBack ? "rolled back." : "NOT rolled back as promised: " + bad.reason()));
        s.say.text("  " + Say.count(s.traffic.sent()) + " requests sent, " + Say.count(s.traffic.answered())
                + " answered, " + Say.count(s.traffic.failed()) + " lost"
                + (s.traffic.firstFailure() == null ? "." : "; the first: " + s.traffic.firstFailure()));
        long unreadable = s.view.deadLetters().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        s.say.text("  " + Say.count(unreadable) + " dead letters"
                + (unreadable == 0 ? ": everything could be read." : ": " + s.view.deadLetters()));
        return back && takenBack && noneLost;
    }

    private static StudyEvent repair(Stage s) {
        return s.view.study(s.view.retuneEvents().get(1).id()).orElseThrow();
    }

    /* What the second search began with and how far it came, all on the same rows: values on others say nothing. */
    private static String progress(StudyEvent search) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < search.warmStart().size(); i++) {
            parts.add(best(search, i, i + 1) + " by " + search.warmStart().get(i));
        }
        int trials = search.trials().size();
        int fifth = Math.max(1, trials / 5);
        return String.format(
                Locale.ROOT,
                "the second search, all on the same rows: %s %s; %s as the best of its first %d trials, %s of all %d.",
                search.metric(),
                String.join("; ", parts),
                best(search, 0, fifth),
                fifth,
                best(search, 0, trials),
                trials);
    }

    private static String best(StudyEvent search, int from, int until) {
        boolean maximize = "maximize".equals(search.goal());
        return search.trials().stream()
                .filter(trial -> trial.number() >= from && trial.number() < until)
                .filter(trial -> "complete".equals(trial.state()))
                .flatMap(trial -> Optional.ofNullable(trial.value()).stream())
                .reduce((a, b) -> maximize ? Math.max(a, b) : Math.min(a, b))
                .map(value -> String.format(Locale.ROOT, "%.4f", value))
                .orElse("nothing");
    }

    private static byte[] specYaml() {
        try (InputStream in = Objects.requireNonNull(
                Demo.class.getResourceAsStream("/demo-loans.yaml"), "demo-loans.yaml is not on the class path")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
