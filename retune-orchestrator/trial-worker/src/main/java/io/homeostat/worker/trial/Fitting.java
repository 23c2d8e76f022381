package io.homeostat.worker.trial;

import io.homeostat.backbone.event.WorkerTask.Stage;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.model.lightgbm.BoosterTraining;
import io.homeostat.model.lightgbm.LightGbmArtifact;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.schema.DataSchema;
import io.homeostat.worker.task.TaskFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fitting of a configuration, from the first iteration on: with other configurations before it, where its trial goes on
 * from another one. These are gone through again rather than read from a checkpoint: the result is the same to the last
 * bit, any worker can do it, and nothing has to be kept or thrown away.
 */
public final class Fitting implements AutoCloseable {
    private final List<Leg> legs;
    private final DoubleFunction<BoosterTraining.Rows> rows;
    private final BoosterTraining training;
    private int leg;

    private record Leg(Recipe recipe, int until) {}

    private Fitting(List<Leg> legs, DoubleFunction<BoosterTraining.Rows> rows, BoosterTraining training) {
        this.legs = legs;
        this.rows = rows;
        this.training = training;
    }

    /**
     * Begins.
     *
     * @param before what comes before the configuration
     * @param configuration what is fitted then
     * @param untilStep iterations in all; null for as many as the configuration says
     * @param rows what to fit on, given the share of the rows
     * @param judged what the training answers to as it goes
     */
    public static Fitting begin(
            ModelSpec spec,
            List<Stage> before,
            Map<String, Object> configuration,
            @Nullable Integer untilStep,
            DoubleFunction<BoosterTraining.Rows> rows,
            BoosterTraining.@Nullable Rows judged,
            Collection<String> labels) {
        List<Leg> legs = new ArrayList<>();
        for (Stage stage : before) {
            legs.add(new Leg(Recipe.of(spec, stage.parameters()), stage.untilStep()));
        }
        Recipe last = Recipe.of(spec, configuration);
        int until = untilStep == null ? last.iterations() : untilStep;
        if (!legs.isEmpty() && until <= legs.get(legs.size() - 1).until) {
            throw TaskFailure.forGood(
                    "it is to end after " + until + " iterations, but goes on from " + legs.get(legs.size() - 1).until);
        }
        legs.add(new Leg(last, until));
        Recipe first = legs.get(0).recipe;
        BoosterTraining.Rows fitted = rows.apply(first.trainingShare());
        DataSchema schema = DataSchema.learn(spec, fitted.rows(), labels);
        return new Fitting(
                legs,
                rows,
                BoosterTraining.begin(schema, first.lightgbm(), spec.retune().seed(), fitted, judged));
    }

    /** Does an iteration, with the next configuration if it is its turn. False when it was the last one. */
    public boolean iterate() {
        if (training.iterations() == legs.get(leg).until) {
            Recipe before = legs.get(leg).recipe;
            leg++;
            Recipe now = legs.get(leg).recipe;
            boolean sameRows = now.trainingShare() == before.trainingShare();
            training.change(now.lightgbm(), sameRows ? null : rows.apply(now.trainingShare()));
        }
        boolean more = training.iterate() || !isOwn(); // what this one cannot learn the next one may
        return more && training.iterations() < legs.get(legs.size() - 1).until;
    }

    /** Whether what comes before the configuration is behind it. */
    public boolean isOwn() {
        return leg == legs.size() - 1;
    }

    /** Iterations done. */
    public int iterations() {
        return training.iterations();
    }

    /** The newest share of the rows that the configuration is fitted on. */
    public double trainingShare() {
        return legs.get(legs.size() - 1).recipe.trainingShare();
    }

    /** What the model, as far as it is trained, answers to the judged rows. */
    public List<Prediction> answers() {
        return training.validation();
    }

    /** The model as trained so far. */
    public LightGbmArtifact artifact() {
        return training.artifact();
    }

    @Override
    public void close() {
        training.close();
    }
}
