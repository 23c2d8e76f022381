package io.homeostat.retune.search;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.WorkerTask;
import io.homeostat.backbone.event.WorkerTask.Finalist;
import io.homeostat.backbone.spec.Metrics;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.RetuneSpec;
import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.ConstantParameter;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A model's study: what it is to do, the work of its trials, and who reaches the confirmation. */
public final class Studies {
    /** The trainer's iterations, by LightGBM's name. */
    public static final String ITERATIONS = "num_iterations";
    /** The trial's attribute that says which iteration was best. */
    public static final String BEST_ITERATION = "bestIteration";
    /** Configurations of a search that are compared with the champion on the hold-out, at most. */
    public static final int FINALISTS = 3;

    private static final int REPORTS = 10;
    private static final int DEFAULT_ITERATIONS = 100; // the worker's, where nobody says

    private Studies() {}

    /** The space by name in order: the order that it has when it is written and read again. */
    public static Space space(ModelSpec spec) {
        return spec.retune().parsedSpace().sorted();
    }

    /** The metric to improve. */
    public static Objective objective(ModelSpec spec) {
        String metric = spec.retune().objective(spec.task());
        return new Objective(metric, Metrics.higherIsBetter(metric) ? Goal.MAXIMIZE : Goal.MINIMIZE);
    }

    /**
     * The study of a re-tune. Its wall time is kept by the orchestrator's ticks, for workers' clocks may differ.
     *
     * @param trials trials at most
     */
    public static StudySpec spec(String studyId, ModelSpec model, int trials) {
        RetuneSpec retune = model.retune();
        Budget budget = Budget.trials(trials);
        if (retune.budget().cpu() != null) {
            budget = budget.withCpu(retune.budget().cpu().value());
        }
        OptionalLong full = iterations(model);
        return StudySpec.of(studyId, space(model), objective(model))
                .withSampler(retune.sampler())
                .withPruner(retune.pruner())
                .withBudget(full.isPresent() ? budget.withFullStep(full.getAsLong()) : budget)
                .withSeed(retune.seed())
                .withParallel(retune.budget().parallel());
    }

    /** The iterations of a trial that is not stopped; empty where they are searched, for then trials end at different steps. */
    static OptionalLong iterations(ModelSpec spec) {
        Parameter parameter = spec.retune().parsedSpace().parameters().get(ITERATIONS);
        if (parameter instanceof ConstantParameter constant) {
            return whole(constant.value());
        }
        return parameter == null
                ? whole(spec.retune().trainer().lightgbm().getOrDefault(ITERATIONS, DEFAULT_ITERATIONS))
                : OptionalLong.empty();
    }

    private static OptionalLong whole(Object value) {
        return value instanceof Number number && number.longValue() >= 1
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** A trial's task id. */
    public static String taskId(String retuneId, int trial) {
        return retuneId + ".trial." + trial;
    }

    /** A trial as work: about ten reports on its way. */
    public static WorkerTask.RunTrial task(
            String retuneId, ModelSpec spec, Snapshot snapshot, StudyState study, Trial trial) {
        Map<String, Object> parameters = trial.configuration().values();
        Lineage lineage = Lineage.of(study, trial);
        long iterations = parameters.get(ITERATIONS) instanceof Number n
                ? n.longValue()
                : iterations(spec).orElse(DEFAULT_ITERATIONS);
        return new WorkerTask.RunTrial(
                taskId(retuneId, trial.number()),
                retuneId,
                spec,
                retuneId,
                trial.number(),
                parameters,
                snapshot,
                (int) Math.max(1, iterations / REPORTS),
                lineage.before(),
                lineage.untilStep());
    }

    /**
     * The best few different configurations, best first, each with the iterations that were best.
     *
     * @param refit whether nothing was searched: then all are finalists
     */
    public static List<Finalist> finalists(StudyState study, boolean refit) {
        return Results.bestK(study, refit ? WorkerTask.ConfirmBest.MOST_FINALISTS : FINALISTS).stream()
                .map(trial -> finalist(study, trial))
                .toList();
    }

    private static Finalist finalist(StudyState study, Trial trial) {
        Map<String, Object> parameters =
                new LinkedHashMap<>(trial.configuration().values());
        String best = trial.attributes().get(BEST_ITERATION);
        if (best != null) {
            parameters.put(ITERATIONS, Long.valueOf(best));
        }
        return new Finalist(
                trial.number(),
                parameters,
                trial.value().orElseThrow(),
                Lineage.of(study, trial).before());
    }
}
