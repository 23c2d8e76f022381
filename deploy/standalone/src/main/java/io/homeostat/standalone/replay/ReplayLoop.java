package io.homeostat.standalone.replay;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.standalone.Running;
import io.homeostat.standalone.loop.Feed;
import io.homeostat.standalone.loop.GatewayClient;
import io.homeostat.standalone.loop.GatewayClient.Ask;
import io.homeostat.standalone.loop.GatewayClient.Told;
import io.homeostat.standalone.loop.LoopView;
import io.homeostat.standalone.loop.Quiescence;
import io.homeostat.standalone.loop.Say;
import io.homeostat.standalone.replay.Replay.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lock step of a replay. Rows go in chunks; after a chunk's predictions, and again after its labels, the loop is
 * given the time to decide all that follows from them: alarms, re-tunes to their end, rollouts' steps, routes. Only then
 * come the next rows.
 */
final class ReplayLoop {
    private static final int CHUNK = 50;
    private static final Duration RETUNE_PATIENCE = Duration.ofMinutes(30);

    private final Running running;
    private final ModelSpec spec;
    private final ReplayRequest request;
    private final GatewayClient gateway;
    private final LoopView view;
    private final Feed feed;
    private final ReplayReport report;
    private final Say say;
    private final Quiescence loop;

    private final List<Row> chunk = new ArrayList<>();
    private final Deque<Row> unlabelled = new ArrayDeque<>();
    private final Map<String, Boolean> inRollout = new HashMap<>();
    private final Map<String, RolloutStatus.Phase> phases = new HashMap<>();
    private final Map<String, RetuneStatus.Phase> retunePhases = new HashMap<>();
    private @Nullable ModelRuntime frozen;
    private String lastLabel = "";
    private long predicted;
    private long labelled;
    private long exposures;
    private long outcomes;
    private int retunesSeen;
    private long retuneDueRow = -1;
    private volatile long currentRow;
    private long lastProgressRow;

    ReplayLoop(
            Running running,
            ModelSpec spec,
            ReplayRequest request,
            GatewayClient gateway,
            LoopView view,
            Feed feed,
            ReplayReport report,
            Say say) {
        this.running = running;
        this.spec = spec;
        this.request = request;
        this.gateway = gateway;
        this.view = view;
        this.feed = feed;
        this.report = report;
        this.say = say;
        this.loop = new Quiescence(running.meters(), spec.model());
    }

    /** Trains and serves the first champion from the history sent so far. */
    void firstChampion(Row last, Duration patience) {
        feed.flush();
        String id = feed.firstChampion(spec.model(), last.time()).id();
        feed.flush();
        view.await(
                patience,
                "the first champion",
                v -> v.retune(id).filter(r -> r.phase().isEnd()).isPresent());
        RetuneStatus retune = view.retune(id).orElseThrow();
        if (retune.phase() != RetuneStatus.Phase.CANDIDATE) {
            throw new IllegalStateException("no first champion: " + retune.reason());
        }
        view.await(patience, "the first route", v -> v.route().isPresent());
        Route route = view.route().orElseThrow();
        running.awaitRoute(spec.model(), route.revision());
        loop.reached("homeostat.detector.route.revision", route.revision());
        frozen = running.load(route.champion().artifact());
        lastLabel = last.label();
        retunesSeen = 1;
        say.line(
                "replay",
                "first champion " + route.champion().version() + " learned from " + Say.count(last.number() + 1)
                        + " rows");
    }

    /** The next row. */
    void row(Row row) {
        chunk.add(row);
        if (chunk.size() == CHUNK) {
            step();
        }
    }

    /** The last rows, and the labels that are still to come. */
    void end() {
        step();
        giveLabels(unlabelled.size());
        settle();
    }

    private void step() {
        if (chunk.isEmpty()) {
            return;
        }
        currentRow = chunk.get(chunk.size() - 1).number();
        predict();
        settle();
        giveLabels(Math.max(0, unlabelled.size() - request.labelLagRows()));
        settle();
        chunk.clear();
        progress();
    }

    private void predict() {
        List<Told> told = gateway.infer(chunk.stream()
                .map(r -> new Ask(r.id(), r.id(), r.time(), r.features()))
                .toList());
        List<Double> frozenLosses = frozenLosses();
        for (int i = 0; i < chunk.size(); i++) {
            Row row = chunk.get(i);
            report.row(loss(told.get(i).output(), row.label()), frozenLosses.get(i), loss(lastLabel, row.label()));
            lastLabel = lastKnownLabel(row);
            unlabelled.add(row);
            inRollout.put(row.id(), told.get(i).inRollout());
            exposures += told.get(i).inRollout() ? 1 : 0;
        }
        predicted += chunk.size();
    }

    /** The baseline knows a label only once the lag has passed, like everybody else. */
    private String lastKnownLabel(Row row) {
        if (request.labelLagRows() == 0) {
            return row.label();
        }
        Row known = null;
        int skip = unlabelled.size() - request.labelLagRows();
        int i = 0;
        for (Row r : unlabelled) {
            if (i++ >= skip) {
                break;
            }
            known = r;
        }
        return known == null ? lastLabel : known.label();
    }

    private List<Double> frozenLosses() {
        ModelRuntime runtime = java.util.Objects.requireNonNull(frozen, "the first champion is there");
        List<Double> losses = new ArrayList<>();
        var predictions = runtime.predict(chunk.stream().map(Row::features).toList());
        for (int i = 0; i < chunk.size(); i++) {
            losses.add(loss(predictions.get(i).output(), chunk.get(i).label()));
        }
        return losses;
    }

    private double loss(String output, String label) {
        return spec.task().isClassification()
                ? (output.equals(label) ? 0 : 1)
                : Math.abs(Double.parseDouble(output) - Double.parseDouble(label));
    }

    private void giveLabels(int count) {
        for (int i = 0; i < count; i++) {
            Row row = unlabelled.remove();
            Instant known = row.time().plus(ReplaySpec.ROW.multipliedBy(request.labelLagRows()));
            feed.label(spec.model(), row.id(), row.label(), known);
            outcomes += Boolean.TRUE.equals(inRollout.remove(row.id())) ? 1 : 0;
        }
        labelled += count;
        feed.flush();
    }

    /** Waits until everything that follows from the rows so far has been decided. */
    private void settle() {
        loop.reached("homeostat.detector.predictions", predicted);
        loop.reached("homeostat.detector.outcomes", labelled);
        loop.reached("homeostat.deployer.exposures", exposures);
        loop.reached("homeostat.deployer.outcomes", outcomes);
        settleRetunes();
        settleRoute();
    }

    private void settleRetunes() {
        long asked = 1 + loop.count("homeostat.detector.retunes.asked");
        if (asked > retunesSeen && retuneDueRow < 0) {
            // the wish is being written; hold the workers so that nothing comes before its row
            running.workers().pause();
            retuneDueRow = currentRow + request.retuneLagRows();
        }
        if (retuneDueRow >= 0 && currentRow >= retuneDueRow) {
            retuneDueRow = -1;
            running.workers().resume();
            view.await(
                    RETUNE_PATIENCE,
                    "the wish to re-tune",
                    v -> v.retuneEvents().size() >= asked);
            for (RetuneEvent event : view.retuneEvents().subList(retunesSeen, (int) asked)) {
                view.await(RETUNE_PATIENCE, "the end of re-tune " + event.id(), v -> ended(v, event));
            }
            retunesSeen = (int) asked;
            long ended = view.retunes().stream().filter(r -> r.phase().isEnd()).count();
            loop.reached("homeostat.detector.retunes.ended", ended);
        }
    }

    /** Refused, or ended; and with a candidate, its rollout begun. */
    private static boolean ended(LoopView v, RetuneEvent event) {
        return v.notTakenUp(event.id())
                || v.retune(event.id())
                        .filter(r -> r.phase().isEnd())
                        .filter(r -> r.phase() != RetuneStatus.Phase.CANDIDATE
                                || v.rollout(event.id()).isPresent())
                        .isPresent();
    }

    private void settleRoute() {
        long revision = loop.count("homeostat.deployer.route.revision");
        running.awaitRoute(spec.model(), revision);
        loop.reached("homeostat.detector.route.revision", revision);
    }

    private void progress() {
        if (currentRow - lastProgressRow >= 1000) {
            lastProgressRow = currentRow;
            say.progress(String.format(
                    Locale.ROOT, "           row %,d, accuracy so far %.4f", currentRow, report.maintained()));
        }
    }

    /** Notes what the loop decided, with the row at which it did. */
    synchronized void decided(Object event) {
        if (event instanceof LedgerEntry l
                && l.process() == LedgerEntry.Process.MONITOR
                && l.action().equals("alarm")) {
            report.alarm(currentRow, l.reason());
            say.line("alarm", "row " + Say.count(currentRow) + ": " + l.reason());
        } else if (event instanceof RetuneStatus s) {
            retune(s);
        } else if (event instanceof RolloutStatus s) {
            rollout(s);
        }
    }

    private void retune(RetuneStatus s) {
        RetuneStatus.Phase before = retunePhases.put(s.retuneId(), s.phase());
        if (before == s.phase() || s.trigger() == RetuneEvent.Trigger.FIRST_CHAMPION) {
            return;
        }
        if (s.phase().isEnd()) {
            report.retune(currentRow, s.reason());
            say.line("retune", "row " + Say.count(currentRow) + ": " + s.reason());
        }
    }

    private void rollout(RolloutStatus s) {
        RolloutStatus.Phase before = phases.put(s.rolloutId(), s.phase());
        if (before == s.phase() || s.championVersion() == null) {
            return;
        }
        if (s.phase() == RolloutStatus.Phase.WATCHING) {
            report.promotion(currentRow, s.candidateVersion() + ": " + s.reason());
            say.line("promotion", "row " + Say.count(currentRow) + ": " + s.candidateVersion() + ", " + s.reason());
        } else if (s.phase() == RolloutStatus.Phase.ROLLED_BACK) {
            report.rollback(currentRow, s.candidateVersion() + ": " + s.reason());
            say.line("rollback", "row " + Say.count(currentRow) + ": " + s.candidateVersion() + ", " + s.reason());
        }
    }
}
