package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.CandidateEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.confirm.HoldoutRule;
import io.homeostat.retune.confirm.Verdict;
import io.homeostat.study.study.StudyState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A worker compares the best few with the champion on the hold-out.
 *
 * @param search the search that found them, its study ended
 * @param work what the worker was asked
 * @param task the work given away
 */
public record Confirming(Searching search, WorkerTask.ConfirmBest work, Assignment task) implements Retune.Running {

    @Override
    public Order order() {
        return search.order();
    }

    static Moved begin(Searching search, List<WorkerTask.Finalist> finalists, Moment moment, List<Output> before) {
        Order order = search.order();
        Snapshot snapshot = search.snapshot();
        StudyState study = search.study();
        Route.Target champion = moment.champion();
        WorkerTask.ConfirmBest work = new WorkerTask.ConfirmBest(
                taskId(search),
                order.retuneId(),
                order.spec(),
                study.spec().name(),
                finalists,
                snapshot,
                champion == null ? null : champion.version(),
                champion == null ? null : champion.artifact(),
                moment.nextVersion(),
                order.isRefit());
        String reason = "the best " + work.finalists().size() + " are confirmed on " + snapshot.holdout()
                + " hold-out rows: " + study.endReason().orElse("the study has ended");
        List<Output> said = new ArrayList<>(before);
        said.add(Output.of(Statuses.of(order, Phase.CONFIRM, moment.at(), reason, snapshot, study, null)));
        said.add(Output.of(work));
        return new Moved(new Confirming(search, work, Assignment.of(work.taskId())), said);
    }

    /* One for each remedy, as a search may go on. */
    private static String taskId(Searching search) {
        String id = search.order().retuneId() + ".confirm";
        return search.further().isPresent()
                ? id + "-after-" + search.study().trials().size()
                : id;
    }

    Moved started(WorkerReport.Started report) {
        return Moved.stays(task.accepts(report) ? heard(report) : this);
    }

    Moved failed(WorkerReport.Failed report, Moment moment) {
        if (!task.accepts(report)) {
            return Moved.stays(this);
        }
        return Assignment.comesAgain(report)
                ? Moved.stays(heard(report))
                : failed(moment.at(), "the confirmation failed: " + report.reason());
    }

    Moved tick(Instant now, Duration timeout) {
        Assignment.Overdue overdue = task.tick(now, timeout);
        Confirming next = with(overdue.next());
        return switch (overdue.action()) {
            case WAIT -> Moved.stays(next);
            case SEND_AGAIN -> new Moved(next, Snapshotting.sentAgain(order(), work, now, timeout, overdue.next()));
            case GIVE_UP -> failed(now, "no worker took the confirmation; it was sent " + task.sendings() + " times");
        };
    }

    Moved confirmed(WorkerReport.Confirmed report, Moment moment) {
        if (!task.accepts(report)) {
            return Moved.stays(this);
        }
        String serving = moment.champion() == null ? null : moment.champion().version();
        if (!Objects.equals(serving, work.championVersion())) {
            return failed(
                    moment.at(),
                    "the champion changed from " + named(work.championVersion()) + " to " + named(serving)
                            + " while the winner was confirmed; its evidence is about the former");
        }
        Optional<String> champion = Optional.ofNullable(work.championVersion());
        Verdict verdict = order().isRefit()
                ? HoldoutRule.judgeRefit(report.holdout(), work.candidateVersion(), champion)
                : HoldoutRule.judge(report.holdout(), work.candidateVersion(), champion);
        Output entry = Output.ledger(
                order(),
                moment.at(),
                verdict.candidate() ? "propose" : "no improvement",
                verdict.reason(),
                inputs(report));
        if (!verdict.candidate()) {
            return notBetter(verdict.reason(), entry, moment);
        }
        return proposed(report, moment.at(), verdict.reason(), entry);
    }

    private Moved notBetter(String reason, Output entry, Moment moment) {
        Optional<Moved> climbed = search.climbed(reason, moment);
        if (climbed.isEmpty()) {
            return Ended.afterSearch(search, Phase.NO_IMPROVEMENT, moment.at(), reason, List.of(entry));
        }
        List<Output> said = new ArrayList<>(List.of(entry));
        said.addAll(climbed.get().said());
        return new Moved(climbed.get().next(), said);
    }

    private Moved proposed(WorkerReport.Confirmed report, Instant at, String summary, Output entry) {
        CandidateEvent candidate = new CandidateEvent(
                order().retuneId(),
                order().model(),
                work.candidateVersion(),
                report.artifact(),
                at,
                "retune",
                work.championVersion(),
                order().retuneId(),
                work.studyId(),
                report.parameters(),
                report.holdout(),
                null,
                summary);
        RetuneStatus status = Statuses.of(
                order(), Phase.CANDIDATE, at, summary, search.snapshot(), search.study(), work.candidateVersion());
        Ended ended = new Ended(
                order(),
                status,
                search.report(),
                new ModelState.Version(
                        work.candidateVersion(),
                        searched(report),
                        search.snapshot().dataUntil()));
        return new Moved(ended, List.of(entry, Output.of(candidate), Output.of(status)));
    }

    /** The configuration as it was searched: the best iteration is found anew when it is re-fitted. */
    private Map<String, Object> searched(WorkerReport.Confirmed report) {
        return search.study()
                .trial(report.winner())
                .map(t -> t.configuration().values())
                .orElse(report.parameters());
    }

    private static Map<String, Object> inputs(WorkerReport.Confirmed report) {
        Map<String, Object> inputs = new TreeMap<>();
        inputs.put("winner", report.winner());
        inputs.put("holdout", report.holdout());
        inputs.put("highestP", HoldoutRule.HIGHEST_P);
        inputs.put("cpuMillis", report.cpuMillis());
        return inputs;
    }

    private Moved failed(Instant at, String reason) {
        return Ended.afterSearch(
                search, Phase.FAILED, at, reason, List.of(Output.ledger(order(), at, "fail", reason, Map.of())));
    }

    private static String named(@Nullable String version) {
        return version == null ? "none" : version;
    }

    private Confirming heard(WorkerReport report) {
        return with(task.heard(report));
    }

    private Confirming with(Assignment next) {
        return new Confirming(search, work, next);
    }
}
