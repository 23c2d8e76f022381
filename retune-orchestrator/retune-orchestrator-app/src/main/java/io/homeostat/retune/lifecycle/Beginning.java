package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RetuneSpec;
import io.homeostat.retune.remedy.Choice;
import io.homeostat.retune.remedy.Ladder;
import io.homeostat.retune.remedy.Remedy;
import io.homeostat.retune.search.Studies;
import io.homeostat.retune.warmstart.FirstTrials;
import io.homeostat.retune.warmstart.Recall;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Enqueued;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudyState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a search begins: what is recalled, how much is done, what is tried first. */
final class Beginning {
    private Beginning() {}

    static Moved of(Order order, Snapshot snapshot, Moment moment) {
        ModelSpec spec = order.spec();
        Space space = Studies.space(spec);
        Recall recall = Recall.of(spec, space, snapshot.metaFeatures(), moment.records());
        List<Enqueued> search = FirstTrials.search(space, moment.incumbent(), snapshot);
        List<Enqueued> refit = FirstTrials.refit(space, order.isRefit() ? search.subList(0, 1) : search, recall);
        Choice choice = choice(order, recall.records(moment.records()), refit.size());
        Remedy remedy = choice.remedy();
        int trials = remedy.trials(spec.retune().budget().trials(), refit.size());
        StudyState study = Study.start(
                Studies.spec(order.retuneId(), spec, trials), remedy == Remedy.REFIT ? refit : search, moment.at());
        List<String> first = study.enqueued().stream().map(Enqueued::reason).toList();
        Searching begun = new Searching(order, snapshot, study, Map.of(), first, remedy, recall.taskIds(), null);
        return begun.goOn(
                said(order, choice, first, recall, moment),
                "the search has begun on " + snapshot.rows() + " rows",
                moment);
    }

    /* Only what an alarm asks for is weighed. */
    private static Choice choice(Order order, List<MetaRecord> past, int known) {
        RetuneSpec.Budget budget = order.spec().retune().budget();
        return switch (order.trigger()) {
            case ALARM, ALERTMANAGER -> Ladder.choose(past, budget.trials(), known, budget.leastGainPerHour());
            case SCHEDULE -> Choice.of(Remedy.REFIT, "re-fit: it fell due");
            case FIRST_CHAMPION -> Choice.of(Remedy.FULL_SEARCH, "full search: there is no champion yet");
            case PERSON -> Choice.of(Remedy.FULL_SEARCH, "full search: a person asked for it");
        };
    }

    private static List<Output> said(Order order, Choice choice, List<String> first, Recall recall, Moment moment) {
        List<Output> said = new ArrayList<>();
        if (!order.isRefit()) {
            double least = order.spec().retune().budget().leastGainPerHour();
            said.add(Output.ledger(order, moment.at(), "remedy", choice.reason(), Ladder.inputs(choice, least)));
        }
        Map<String, Object> inputs = recall.inputs();
        inputs.put("first", first);
        said.add(Output.studyLedger(order, moment.at(), "warm start", warmStart(first, recall), inputs));
        return said;
    }

    private static String warmStart(List<String> first, Recall recall) {
        int earlier = recall.past().tasks().size();
        String learned = earlier == 0
                ? "no earlier search is of use"
                : "the search learns from " + earlier + (earlier == 1 ? " earlier one" : " earlier ones");
        String begins =
                first.size() == 1 ? "begins with " : "begins with " + first.size() + " configurations, the first is ";
        return begins + first.get(0) + "; " + learned;
    }
}
