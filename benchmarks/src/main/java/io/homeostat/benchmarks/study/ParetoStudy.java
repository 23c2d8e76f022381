package io.homeostat.benchmarks.study;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.sampler.BudgetLeft;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.SamplerSpec;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** One study of a problem with several objectives: the share of the best front's volume that its trials dominate. */
final class ParetoStudy {
    private ParetoStudy() {}

    /** By a sampler of the study engine. */
    static double share(ParetoProblem problem, String sampler, int trials, long seed) {
        Sampler chosen = new SamplerSpec(sampler, Map.of()).sampler();
        List<Goal> goals = Collections.nCopies(problem.reference().length, Goal.MINIMIZE);
        History history = History.empty(problem.space(), goals);
        double[][] points = new double[trials][];
        for (int number = 0; number < trials; number++) {
            BudgetLeft left = BudgetLeft.trials(trials - number);
            Suggestion next = chosen.suggest(new SamplerRequest(history, List.of(), seed, number, left, 1));
            points[number] = problem.at(next.configuration());
            history = history.plus(FinishedTrial.complete(number, next.configuration(), points[number])
                    .withNotes(next.notes()));
        }
        return problem.share(points);
    }

    /** By Optuna. */
    static double share(ParetoProblem problem, String sampler, int trials, long seed, OptunaPeer optuna)
            throws IOException {
        double[][] points = new double[trials][];
        Configuration next = optuna.start(problem.space(), sampler, problem.reference().length, seed);
        for (int number = 0; number < trials; number++) {
            points[number] = problem.at(next);
            if (number < trials - 1) {
                next = optuna.next(problem.space(), points[number]);
            }
        }
        return problem.share(points);
    }
}
