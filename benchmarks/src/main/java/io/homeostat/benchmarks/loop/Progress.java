package io.homeostat.benchmarks.loop;

import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.StudyEvent.TrialSummary;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.evaluation.Outcome;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.worker.snapshot.Dataset;
import io.homeostat.worker.trial.Fitting;
import io.homeostat.worker.trial.Judge;
import io.homeostat.worker.trial.Recipe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a search was after each of its trials. Greater is better; before the first complete trial it is as bad as can be.
 *
 * @param judged the best value on the rows that the search judges by
 * @param fresh the value of the same trial's model on rows that no search has seen
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Progress(double[] judged, double[] fresh) {

    /** How many trials it took to a value; one more than there were if it was not reached. */
    static int trialsTo(double[] best, double value) {
        int trials = 0;
        while (trials < best.length && best[trials] < value) {
            trials++;
        }
        return trials + 1;
    }

    double last() {
        return judged[judged.length - 1];
    }

    double lastFresh() {
        return fresh[fresh.length - 1];
    }

    /**
     * Fits again what was best after each trial, as the worker did, and judges it on fresh rows, too.
     *
     * @param work a trial of the search, which names the data
     */
    static Progress of(StudyEvent study, WorkerTask.RunTrial work, Dataset data, BoosterTraining.Rows fresh) {
        FreshValues values = new FreshValues(work.spec(), data, fresh);
        double[] judged = new double[study.trials().size()];
        double[] later = new double[judged.length];
        double best = Double.NEGATIVE_INFINITY;
        double bestLater = Double.NEGATIVE_INFINITY;
        for (TrialSummary trial : study.trials()) {
            Double value = trial.value();
            if ("complete".equals(trial.state()) && value != null && value > best) {
                best = value;
                bestLater = values.of(trial.parameters(), value);
            }
            judged[trial.number()] = best;
            later[trial.number()] = bestLater;
        }
        return new Progress(judged, later);
    }

    /** The value of a trial's model on fresh rows. */
    private static final class FreshValues {
        private final ModelSpec spec;
        private final Judge judge;
        private final Dataset data;
        private final BoosterTraining.Rows both;
        private final int judgedRows;
        private final Map<Map<String, Object>, Double> known = new HashMap<>();

        FreshValues(ModelSpec spec, Dataset data, BoosterTraining.Rows fresh) {
            this.spec = spec;
            this.judge = new Judge(spec);
            this.data = data;
            BoosterTraining.Rows judged = data.validation();
            judgedRows = judged.labels().size();
            List<Map<String, Object>> features = new ArrayList<>(judged.rows());
            features.addAll(fresh.rows());
            List<String> labels = new ArrayList<>(judged.labels());
            labels.addAll(fresh.labels());
            both = new BoosterTraining.Rows(features, labels);
        }

        double of(Map<String, Object> configuration, double value) {
            return known.computeIfAbsent(configuration, c -> fit(c, value));
        }

        /* Of the iterations at which the worker looked, the one that it took. */
        private double fit(Map<String, Object> configuration, double value) {
            int every = Math.max(1, Recipe.of(spec, configuration).iterations() / 10);
            @Nullable Double found = null;
            try (Fitting fitting =
                    Fitting.begin(spec, List.of(), configuration, null, data::toSearch, both, data.labels())) {
                boolean more = true;
                while (more && found == null) {
                    more = fitting.iterate();
                    if (!more || fitting.iterations() % every == 0) {
                        List<Outcome> outcomes = judge.outcomes(fitting.answers(), both.labels());
                        if (judge.value(outcomes.subList(0, judgedRows)) == value) {
                            found = judge.value(outcomes.subList(judgedRows, outcomes.size()));
                        }
                    }
                }
            }
            if (found == null) {
                throw new IllegalStateException("a trial with " + configuration + " is not what it was: no " + value);
            }
            return found;
        }
    }
}
