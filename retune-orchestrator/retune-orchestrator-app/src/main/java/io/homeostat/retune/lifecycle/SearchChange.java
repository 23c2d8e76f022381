package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneStatus.Phase;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.retune.search.Studies;
import io.homeostat.retune.search.StudyReport;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.study.Asked;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.Done;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.study.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A search while something happens to it: trials begin and end, and what becomes of that is said. */
final class SearchChange {
    private final Searching search; // as it was
    private final Order order;
    private final SortedMap<Integer, Assignment> open;
    private final List<Output> said = new ArrayList<>();
    private StudyState study;
    private @Nullable Instant wallSince;

    SearchChange(Searching search) {
        this.search = search;
        order = search.order();
        open = new TreeMap<>(search.open());
        study = search.study();
        wallSince = search.wallSince();
    }

    SearchChange say(List<Output> more) {
        said.addAll(more);
        return this;
    }

    SearchChange study(StudyState next) {
        study = next;
        return this;
    }

    /** A trial is given away, or something was heard of it. */
    SearchChange assign(int n, Assignment assignment) {
        open.put(n, assignment);
        return this;
    }

    /** Its wall time counts from the first tick. */
    SearchChange ticking(Instant now) {
        wallSince = wallSince == null ? now : wallSince;
        return this;
    }

    /** Others are told of a trial as it is now. */
    SearchChange tell(int n) {
        said.add(Output.of(order, StudyReport.summary(trial(n))));
        return this;
    }

    Moved moved() {
        return new Moved(now(), said);
    }

    private Searching now() {
        return search.with(study, open, wallSince);
    }

    private Trial trial(int n) {
        return study.trial(n).orElseThrow();
    }

    /** Gives trials away as long as there is room for them, and says why it goes on. */
    Moved askOn(String reason, Moment moment) {
        ask(moment);
        said.add(status(moment.at(), reason));
        return moved();
    }

    private void ask(Moment moment) {
        Sampler sampler = moment.samplers()
                .of(order.retuneId(), order.spec(), search.snapshot(), search.past(), moment.records());
        for (Asked asked = next(sampler, moment); asked.trial().isPresent(); asked = next(sampler, moment)) {
            study = asked.state();
            Trial next = asked.trial().get();
            open.put(next.number(), Assignment.of(taskId(next.number())));
            said.add(Output.of(search.work(study, next)));
            tell(next.number());
        }
    }

    private Asked next(Sampler sampler, Moment moment) {
        return Study.ask(study, sampler, moment.at());
    }

    private String taskId(int n) {
        return Studies.taskId(order.retuneId(), n);
    }

    private Output status(Instant at, String reason) {
        return Output.of(Statuses.of(order, Phase.SEARCH, at, reason, search.snapshot(), study, null));
    }

    Moved trialEnded(int n, String reason, Moment moment) {
        open.remove(n);
        Trial trial = trial(n);
        tell(n);
        boolean complete = trial.state() == TrialState.COMPLETE;
        if (!complete) {
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
        said.add(status(
                moment.at(), complete ? reason : "trial " + trial.number() + " is " + trial.state() + ": " + reason));
        return moved();
    }

    private static Map<String, Object> inputs(Trial trial) {
        Map<String, Object> inputs = new TreeMap<>(trial.configuration().values());
        trial.value().ifPresent(value -> inputs.put("value", value));
        return inputs;
    }

    /** No worker took a trial however often it was sent. */
    Moved lost(int n, Assignment assignment, Moment moment) {
        String reason = "no worker was heard of; it was sent " + assignment.sendings() + " times";
        int attempt = Math.max(1, trial(n).attempt());
        study = Study.tell(study, n, attempt, TrialResult.failed(reason), Cost.NONE, moment.at())
                .state();
        return trialEnded(n, reason, moment);
    }

    /** The study ends: its best are confirmed, if there are any. */
    Moved finish(String reason, Moment moment) {
        List<Integer> unfinished = List.copyOf(open.keySet());
        for (int n : unfinished) {
            said.add(Output.stop(order.model(), order.retuneId(), taskId(n), "the study ends: " + reason));
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
