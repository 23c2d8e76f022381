package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.remedy.Remedy;
import io.homeostat.retune.search.Studies;
import io.homeostat.retune.search.StudyReport;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.Reported;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Told;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The study runs: trials are given to workers, their reports judged, and those without prospects stopped. A trial that is
 * stopped has ended at once; the next one does not wait for its worker.
 *
 * @param snapshot the data
 * @param study the study as it stands
 * @param open the trials given away, by number
 * @param warmStart where the first trials came from
 * @param remedy how much is done
 * @param past the earlier tasks that it learns from, at most {@value io.homeostat.meta.transfer.Past#MOST_TASKS}
 * @param wallSince the first tick of the search, from which its wall time counts
 */
public record Searching(
        Order order,
        Snapshot snapshot,
        StudyState study,
        Map<Integer, Assignment> open,
        List<String> warmStart,
        Remedy remedy,
        List<String> past,
        @Nullable Instant wallSince)
        implements Retune.Running {
    public Searching {
        past = List.copyOf(past);
        open = Collections.unmodifiableMap(new TreeMap<>(open));
        warmStart = List.copyOf(warmStart);
    }

    /** Gives the first trials away, or further ones. */
    Moved goOn(List<Output> before, String reason, Moment moment) {
        return new SearchChange(this).say(before).askOn(reason, moment);
    }

    /**
     * The next remedy, where what was done was not enough; empty if there is none, or nothing is left to spend on it.
     *
     * @param reason why it was not enough
     */
    Optional<Moved> climbed(String reason, Moment moment) {
        Optional<Remedy> next = further().filter(remedy -> !wallIsUsedUp(moment.at()));
        if (next.isEmpty()) {
            return Optional.empty();
        }
        Remedy further = next.get();
        int trials = further.trials(order.spec().retune().budget().trials(), 1);
        StudyState goingOn = Study.goOn(study, study.spec().budget().withTrials(trials));
        Searching search = new Searching(order, snapshot, goingOn, Map.of(), warmStart, further, past, wallSince);
        Output entry = Output.ledger(
                order,
                moment.at(),
                "climb",
                "after the " + remedy + " comes a " + further + " of " + trials + " trials in all: " + reason,
                Map.of("trials", study.trials().size(), "budget", trials));
        return Study.isDone(goingOn, moment.at()).done()
                ? Optional.empty()
                : Optional.of(search.goOn(List.of(entry), "the search goes on", moment));
    }

    /** What could be done if what was done is not enough. */
    Optional<Remedy> further() {
        boolean goesOn = !order.isRefit() && remedy != Remedy.FULL_SEARCH;
        return goesOn
                ? Remedy.beyond(
                        study.trials().size(), order.spec().retune().budget().trials())
                : Optional.empty();
    }

    private boolean wallIsUsedUp(Instant at) {
        return wallSince != null
                && !at.isBefore(
                        wallSince.plus(order.spec().retune().budget().wall().value()));
    }

    Moved started(WorkerReport.Started report, Moment moment) {
        Optional<Integer> number = accepted(report);
        if (number.isEmpty()) {
            return Moved.stays(this);
        }
        int n = number.get();
        Told begun = Study.begin(study, n, attempt(report, n), report.workerId(), moment.at());
        return heard(report, n).study(begun.state()).tell(n).moved();
    }

    Moved step(WorkerReport.Step report, Moment moment) {
        Optional<Integer> number = accepted(report).filter(n -> n == report.trial());
        if (number.isEmpty()) {
            return Moved.stays(this);
        }
        int n = number.get();
        Reported reported = Study.report(study, n, attempt(report, n), report.step(), report.value(), moment.at());
        SearchChange change = heard(report, n).study(reported.state());
        if (reported.state().trial(n).orElseThrow().state().open()) {
            return change.moved();
        }
        String reason = reported.decision().reason();
        return change.say(List.of(Output.stop(order.model(), order.retuneId(), report.taskId(), reason)))
                .trialEnded(n, reason, moment);
    }

    Moved done(WorkerReport.TrialDone report, Moment moment) {
        Optional<Integer> number = accepted(report).filter(n -> n == report.trial());
        if (number.isEmpty()) {
            return Moved.stays(withCost(report, moment));
        }
        TrialResult result = report.stopped()
                ? TrialResult.failed("its worker stopped it, though nobody had decided so")
                : new TrialResult.Value(report.value(), bestIteration(report));
        return told(report, number.get(), result, report.cpuMillis(), moment);
    }

    Moved failed(WorkerReport.Failed report, Moment moment) {
        Optional<Integer> number = accepted(report);
        if (number.isEmpty()) {
            return Moved.stays(this);
        }
        return Assignment.comesAgain(report)
                ? heard(report, number.get()).moved()
                : told(report, number.get(), TrialResult.failed(report.reason()), 0, moment);
    }

    Moved tick(Duration timeout, Moment moment) {
        SearchChange change = new SearchChange(this).ticking(moment.at());
        if (wallIsUsedUp(moment.at())) {
            return change.finish(
                    "the wall time of " + order.spec().retune().budget().wall() + " is used up", moment);
        }
        for (Map.Entry<Integer, Assignment> entry : open.entrySet()) {
            Assignment.Overdue overdue = entry.getValue().tick(moment.at(), timeout);
            change.assign(entry.getKey(), overdue.next());
            if (overdue.action() == Assignment.Overdue.Action.SEND_AGAIN) {
                WorkerTask work = work(study, study.trial(entry.getKey()).orElseThrow());
                change.say(Snapshotting.sentAgain(order, work, moment.at(), timeout, overdue.next()));
            }
        }
        // one at a time: what comes of it may be the end of the study
        for (Map.Entry<Integer, Assignment> entry : open.entrySet()) {
            if (entry.getValue().tick(moment.at(), timeout).action() == Assignment.Overdue.Action.GIVE_UP) {
                return change.lost(entry.getKey(), entry.getValue(), moment);
            }
        }
        return change.moved();
    }

    private Moved told(WorkerReport report, int n, TrialResult result, long cpuMillis, Moment moment) {
        Told told = Study.tell(study, n, attempt(report, n), result, Cost.cpu(Math.max(0, cpuMillis)), moment.at());
        return told.accepted()
                ? heard(report, n).study(told.state()).trialEnded(n, told.reason(), moment)
                : Moved.stays(this);
    }

    private static Map<String, String> bestIteration(WorkerReport.TrialDone report) {
        return report.bestIteration() > 0
                ? Map.of(Studies.BEST_ITERATION, Integer.toString(report.bestIteration()))
                : Map.of();
    }

    /** The processor time of a trial that was stopped or given up is known only when its worker has stopped. */
    private Searching withCost(WorkerReport.TrialDone report, Moment moment) {
        Optional<Trial> ended = study.trial(report.trial())
                .filter(t -> report.taskId().equals(Studies.taskId(order.retuneId(), t.number())))
                .filter(t -> t.state() == TrialState.PRUNED || t.state() == TrialState.FAILED);
        if (ended.isEmpty()) {
            return this;
        }
        TrialResult late = TrialResult.value(report.value());
        Cost cost = Cost.cpu(Math.max(0, report.cpuMillis()));
        StudyState costed = Study.tell(study, report.trial(), ended.get().attempt(), late, cost, moment.at())
                .state();
        return with(costed, open, wallSince);
    }

    private Optional<Integer> accepted(WorkerReport report) {
        return open.entrySet().stream()
                .filter(entry -> entry.getValue().accepts(report))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private int attempt(WorkerReport report, int n) {
        return assignment(n).attemptOf(report);
    }

    private Assignment assignment(int n) {
        return Optional.ofNullable(open.get(n)).orElseThrow();
    }

    private SearchChange heard(WorkerReport report, int n) {
        return new SearchChange(this).assign(n, assignment(n).heard(report));
    }

    /** The same search, some trials later. */
    Searching with(StudyState next, Map<Integer, Assignment> nowOpen, @Nullable Instant since) {
        return new Searching(order, snapshot, next, nowOpen, warmStart, remedy, past, since);
    }

    /** The study as others are told of it. */
    StudyEvent report() {
        return StudyReport.of(study, order.spec(), order.isRefit(), snapshot, warmStart);
    }

    WorkerTask work(StudyState now, Trial trial) {
        return Studies.task(order.retuneId(), order.spec(), snapshot, now, trial);
    }
}
