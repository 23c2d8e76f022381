package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.WorkerReport;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.remedy.Remedy;
import io.homeostat.retune.search.Studies;
import io.homeostat.retune.search.StudyReport;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.study.Asked;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.Done;
import io.homeostat.study.study.Reported;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Told;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
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
        Change change = change(study, new ArrayList<>(before));
        change.ask(moment);
        change.said.add(status(change.study, moment.at(), reason));
        return change.moved();
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
        Change change = heard(report, n);
        change.study = Study.begin(study, n, attempt(report, n), report.workerId(), moment.at())
                .state();
        change.tell(n);
        return change.moved();
    }

    Moved step(WorkerReport.Step report, Moment moment) {
        Optional<Integer> number = accepted(report).filter(n -> n == report.trial());
        if (number.isEmpty()) {
            return Moved.stays(this);
        }
        int n = number.get();
        Change change = heard(report, n);
        Reported reported = Study.report(study, n, attempt(report, n), report.step(), report.value(), moment.at());
        change.study = reported.state();
        if (trial(change.study, n).state().open()) {
            return change.moved();
        }
        change.said.add(Output.stop(
                order.model(),
                order.retuneId(),
                report.taskId(),
                reported.decision().reason()));
        return change.trialEnded(n, reported.decision().reason(), moment);
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
        Instant since = wallSince == null ? moment.at() : wallSince;
        Change change = new Change(study, open, since, new ArrayList<>());
        if (wallIsUsedUp(moment.at())) {
            return change.finish(
                    "the wall time of " + order.spec().retune().budget().wall() + " is used up", moment);
        }
        for (Map.Entry<Integer, Assignment> entry : open.entrySet()) {
            Assignment.Overdue overdue = entry.getValue().tick(moment.at(), timeout);
            change.open.put(entry.getKey(), overdue.next());
            if (overdue.action() == Assignment.Overdue.Action.SEND_AGAIN) {
                WorkerTask work = work(study, trial(study, entry.getKey()));
                change.said.addAll(Snapshotting.sentAgain(order, work, moment.at(), timeout, overdue.next()));
            }
        }
        // one at a time: what comes of it may be the end of the study
        for (Map.Entry<Integer, Assignment> entry : open.entrySet()) {
            if (entry.getValue().tick(moment.at(), timeout).action() == Assignment.Overdue.Action.GIVE_UP) {
                return change.lost(entry.getKey(), moment);
            }
        }
        return change.moved();
    }

    private Moved told(WorkerReport report, int n, TrialResult result, long cpuMillis, Moment moment) {
        Change change = heard(report, n);
        Told told = Study.tell(study, n, attempt(report, n), result, Cost.cpu(Math.max(0, cpuMillis)), moment.at());
        if (!told.accepted()) {
            return Moved.stays(this);
        }
        change.study = told.state();
        return change.trialEnded(n, told.reason(), moment);
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
        return new Searching(order, snapshot, costed, open, warmStart, remedy, past, wallSince);
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

    private Change heard(WorkerReport report, int n) {
        Change change = change(study, new ArrayList<>());
        change.open.put(n, assignment(n).heard(report));
        return change;
    }

    private Change change(StudyState from, List<Output> said) {
        return new Change(from, open, wallSince, said);
    }

    private static Trial trial(StudyState study, int n) {
        return study.trial(n).orElseThrow();
    }

    /** The study as others are told of it. */
    StudyEvent report() {
        return StudyReport.of(study, order.spec(), order.isRefit(), snapshot, warmStart);
    }

    private WorkerTask work(StudyState now, Trial trial) {
        return Studies.task(order.retuneId(), order.spec(), snapshot, now, trial);
    }

    private Output status(StudyState now, Instant at, String reason) {
        return Output.of(Statuses.of(order, Phase.SEARCH, at, reason, snapshot, now, null));
    }

    /** A search while something happens to it. */
    private final class Change {
        private StudyState study;
        private final SortedMap<Integer, Assignment> open;
        private final @Nullable Instant wallSince;
        private final List<Output> said;

        Change(StudyState study, Map<Integer, Assignment> open, @Nullable Instant wallSince, List<Output> said) {
            this.study = study;
            this.open = new TreeMap<>(open);
            this.wallSince = wallSince;
            this.said = said;
        }

        Moved moved() {
            return new Moved(now(), said);
        }

        private Searching now() {
            return new Searching(order, snapshot, study, open, warmStart, remedy, past, wallSince);
        }

        void tell(int n) {
            said.add(Output.of(order, StudyReport.summary(trial(study, n))));
        }

        /** Gives trials away as long as there is room for them. */
        void ask(Moment moment) {
            Sampler sampler = moment.samplers().of(order.retuneId(), order.spec(), snapshot, past, moment.records());
            for (Asked asked = next(sampler, moment); asked.trial().isPresent(); asked = next(sampler, moment)) {
                study = asked.state();
                Trial next = asked.trial().get();
                open.put(next.number(), Assignment.of(Studies.taskId(order.retuneId(), next.number())));
                said.add(Output.of(work(study, next)));
                tell(next.number());
            }
        }

        private Asked next(Sampler sampler, Moment moment) {
            return Study.ask(study, sampler, moment.at());
        }

        Moved trialEnded(int n, String reason, Moment moment) {
            open.remove(n);
            Trial trial = trial(study, n);
            tell(n);
            if (trial.state() != TrialState.COMPLETE) {
                String action = trial.state() == TrialState.PRUNED ? "prune" : "fail trial";
                said.add(Output.studyLedger(order, moment.at(), action, "trial " + n + ": " + reason, inputs(trial)));
            }
            ask(moment);
            Done done = Study.isDone(study, moment.at());
            if (done.done()) {
                return finish(done.reason(), moment);
            }
            if (StudyReport.due(StudyReport.ended(study))) {
                said.add(Output.of(now().report()));
            }
            said.add(status(study, moment.at(), trial.state() == TrialState.COMPLETE ? reason : told(trial, reason)));
            return moved();
        }

        private String told(Trial trial, String reason) {
            return "trial " + trial.number() + " is " + trial.state() + ": " + reason;
        }

        private Map<String, Object> inputs(Trial trial) {
            Map<String, Object> inputs = new TreeMap<>(trial.configuration().values());
            trial.value().ifPresent(value -> inputs.put("value", value));
            return inputs;
        }

        Moved lost(int n, Moment moment) {
            String reason =
                    "no worker was heard of; it was sent " + assignment(n).sendings() + " times";
            int attempt = Math.max(1, trial(study, n).attempt());
            study = Study.tell(study, n, attempt, TrialResult.failed(reason), Cost.NONE, moment.at())
                    .state();
            return trialEnded(n, reason, moment);
        }

        Moved finish(String reason, Moment moment) {
            List<Integer> unfinished = List.copyOf(open.keySet());
            for (int n : unfinished) {
                String taskId = Studies.taskId(order.retuneId(), n);
                said.add(Output.stop(order.model(), order.retuneId(), taskId, "the study ends: " + reason));
            }
            study = Study.end(study, reason, moment.at());
            unfinished.forEach(this::tell);
            open.clear();
            said.add(Output.of(now().report()));
            List<WorkerTask.Finalist> finalists = Studies.finalists(study, order.isRefit());
            said.add(Output.studyLedger(
                    order,
                    moment.at(),
                    "end",
                    reason,
                    Map.of("trials", study.trials().size(), "finalists", finalists)));
            return finalists.isEmpty()
                    ? Ended.afterSearch(now(), Phase.FAILED, moment.at(), nothing(reason), said)
                    : Confirming.begin(now(), finalists, moment, said);
        }

        private String nothing(String reason) {
            String last = study.trials().stream()
                    .flatMap(t -> t.failure().stream())
                    .reduce((first, second) -> second)
                    .map(f -> "; the last failure: " + f)
                    .orElse("");
            return "no trial was completed: " + reason + last;
        }
    }
}
