package io.homeostat.study.pruner;

import io.homeostat.study.trial.RunningTrial;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;

/**
 * The step that successive halving, ASHA, Hyperband and RUSH share: on each rung a trial is compared with all that have
 * reported there so far, and the best of them go on.
 *
 * @param rungs where trials are compared
 * @param quota how many of those on a rung go on
 * @param members which trials are compared with each other, by number
 */
record Halving(Rungs rungs, Quota quota, IntPredicate members) {
    static final IntPredicate ALL = number -> true;

    /** How many of n trials on a rung go on. */
    enum Quota {
        /** As many as fit into n/factor, and at least one: the first on a rung goes on, the next must beat it. */
        STRICT {
            @Override
            int of(int n, int factor) {
                return Math.max(1, n / factor);
            }
        },
        /** n/factor rounded up, and all as long as there are less than {@code factor}. */
        QUANTILE {
            @Override
            int of(int n, int factor) {
                return n < factor ? n : (n - 1) / factor + 1;
            }
        };

        abstract int of(int n, int factor);
    }

    /** Go on or stop. */
    PruneDecision decide(PrunerRequest request) {
        long step = request.last().step();
        int rung = rungs.last(step);
        if (rung < 0) {
            return PruneDecision.goOn("step " + step + " is before the first rung at " + rungs.minStep());
        }
        OptionalDouble value = rungs.value(request.steps(), request.trial().notes(), rung);
        if (value.isEmpty() || !first(request, rung)) {
            return PruneDecision.goOn(
                    "step " + step + " is between the rungs at " + rungs.step(rung) + " and " + rungs.step(rung + 1));
        }
        if (request.fullStep().isPresent() && step >= request.fullStep().getAsLong()) {
            return PruneDecision.goOn("step " + step + " is the last");
        }
        return compare(request, rung, value.getAsDouble());
    }

    private boolean first(PrunerRequest request, int rung) {
        int reports = request.steps().size();
        return reports < 2 || request.steps().get(reports - 2).step() < rungs.step(rung);
    }

    private PruneDecision compare(PrunerRequest request, int rung, double value) {
        double own = request.goal().minimized(value);
        RungValues finished = request.finished().derive(new RungValues.Of(rungs, members));
        int count = finished.count(rung) + 1;
        int better = finished.better(rung, own);
        for (RunningTrial other : request.running()) {
            OptionalDouble theirs = members.test(other.number())
                    ? rungs.value(other.steps(), other.notes(), rung)
                    : OptionalDouble.empty();
            count += theirs.isPresent() ? 1 : 0;
            better += theirs.isPresent() && request.goal().minimized(theirs.getAsDouble()) < own ? 1 : 0;
        }
        int quota = quota().of(count, rungs.factor());
        String text = String.format(
                Locale.ROOT,
                "%.6g is number %d of the %d trials on the rung at step %d, of which %s",
                value,
                better + 1,
                count,
                rungs.step(rung),
                quota == count ? "all go on" : "the best " + quota + " go on");
        return better < quota ? PruneDecision.goOn(text) : PruneDecision.stop(text);
    }
}
