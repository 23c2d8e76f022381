package io.homeostat.study.pruner;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.Options;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import java.util.Locale;

/**
 * Has patience with a trial that still improves: only when it has not for a while is another pruner asked.
 *
 * <p>Decision: go on if the best of the last {@code patience} reports is better than the best before them by more than
 * {@code minDelta}, or if there are no more than {@code patience} reports; else what {@code pruner} says.
 *
 * <p>Parameters:
 *
 * <ul>
 *   <li>{@code pruner}: who is asked then, a name or a name with options; default {@code median}
 *   <li>{@code patience}: reports without improvement that are borne with; 1 to 1,000,000, default 5
 *   <li>{@code minDelta}: what counts as no improvement yet; in the objective's unit, at least 0, default 0
 * </ul>
 *
 * <p>Example: {@code {patient: {pruner: {percentile: {percentile: 25}}, patience: 3}}} lets a trial at .60, .61, .62 AUC
 * go on however good the others are, and asks {@code percentile} when it stays at .62 for three reports.
 */
public final class PatientPruner implements Pruner {
    private final PrunerSpec inner;
    private final Pruner pruner;
    private final int patience;
    private final double minDelta;

    /** The options named above. */
    PatientPruner(Options options) {
        Object written = options.raw("pruner");
        inner = PrunerSpec.parse(written == null ? "median" : written);
        pruner = inner.pruner();
        patience = options.integer("patience", 5, 1, 1_000_000);
        minDelta = options.number("minDelta", 0, 0, Double.MAX_VALUE);
    }

    @Override
    public PruneDecision decide(PrunerRequest request) {
        List<StepValue> steps = request.steps();
        int before = steps.size() - patience;
        if (before < 1) {
            return PruneDecision.goOn(steps.size() + " reports are no more than the patience of " + patience);
        }
        Goal goal = request.goal();
        double old = goal.minimized(Curves.best(goal, steps.subList(0, before)));
        double recent = goal.minimized(Curves.best(goal, steps.subList(before, steps.size())));
        if (recent < old - minDelta) {
            return PruneDecision.goOn(
                    String.format(Locale.ROOT, "it improved by %.6g in the last %d reports", old - recent, patience));
        }
        PruneDecision decision = pruner.decide(request);
        return new PruneDecision(
                decision.prune(),
                "no improvement in the last " + patience + " reports; " + inner.name() + ": " + decision.reason());
    }
}
