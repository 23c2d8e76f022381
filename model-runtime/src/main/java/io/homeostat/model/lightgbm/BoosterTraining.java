package io.homeostat.model.lightgbm;

import com.microsoft.ml.lightgbm.lightgbmlib;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.schema.AnswerDecoder;
import io.homeostat.model.schema.DataSchema;
import io.homeostat.model.schema.FeatureEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A training under way, one iteration at a time, so that whoever runs it can look at the validation rows between two
 * iterations and stop when told. One thread; the same seed, rows and parameters give the same artifact, byte for byte.
 *
 * <pre>{@code
 * try (var training = BoosterTraining.begin(schema, parameters, seed, training, labels, validation, labels2)) {
 *     for (int i = 1; i <= 100 && training.iterate(); i++) { … training.validation() … }
 *     store.put(training.artifact().bytes(), LightGbmArtifact.FORMAT);
 * }
 * }</pre>
 */
public final class BoosterTraining implements AutoCloseable {
    private final DataSchema schema;
    private final long seed;
    private final AnswerDecoder decoder;
    private final List<LGBMDataset> datasets = new ArrayList<>();
    private @Nullable LGBMBooster made;
    private final LGBMBooster booster;
    private final int validationRows;
    private int iterations;

    private BoosterTraining(DataSchema schema, long seed, String parameters, Rows rows, @Nullable Rows validation)
            throws LGBMException {
        this.schema = schema;
        this.seed = seed;
        this.decoder = new AnswerDecoder(schema);
        this.validationRows = validation == null ? 0 : validation.rows().size();
        try {
            LGBMDataset fit = dataset(rows, parameters, null);
            this.booster = LGBMBooster.create(fit, parameters);
            this.made = booster;
            if (validation != null) {
                booster.addValidData(dataset(validation, parameters, fit));
            }
        } catch (LGBMException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /**
     * Rows and their labels, one for one.
     *
     * @param rows the features
     * @param labels the truths
     */
    public record Rows(List<Map<String, Object>> rows, List<String> labels) {
        public Rows {
            if (rows.size() != labels.size() || rows.isEmpty()) {
                throw new ModelException("a training needs rows and a label for each, but there are " + rows.size()
                        + " rows and " + labels.size() + " labels");
            }
        }
    }

    /**
     * Begins a training.
     *
     * @param schema what turns rows into numbers
     * @param parameters LightGBM's parameters by its own names; those it refuses are errors in its own words
     * @param seed of everything random
     * @param rows what to fit on
     * @param validation what {@link #validation} answers, if anything
     */
    public static BoosterTraining begin(
            DataSchema schema, Map<String, Object> parameters, long seed, Rows rows, @Nullable Rows validation) {
        String text = BoosterParameters.text(parameters, seed, schema);
        NativeLibrary.load();
        try {
            return new BoosterTraining(schema, seed, text, rows, validation);
        } catch (LGBMException e) {
            throw refused(e);
        }
    }

    private LGBMDataset dataset(Rows rows, String parameters, @Nullable LGBMDataset reference) throws LGBMException {
        FeatureEncoder encoder = new FeatureEncoder(schema);
        LGBMDataset dataset = createFromMat(
                encoder.encodeHistory(rows.rows()), rows.rows().size(), encoder.width(), parameters, reference);
        datasets.add(dataset);
        dataset.setField("label", labels(rows.labels()));
        return dataset;
    }

    // lightgbm4j is not null-marked: no reference is its null
    @SuppressWarnings("NullAway")
    private static LGBMDataset createFromMat(
            double[] numbers, int rows, int columns, String parameters, @Nullable LGBMDataset reference)
            throws LGBMException {
        return LGBMDataset.createFromMat(numbers, rows, columns, true, parameters, reference);
    }

    private float[] labels(List<String> labels) {
        float[] numbers = new float[labels.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = label(labels.get(i));
        }
        return numbers;
    }

    private float label(String label) {
        if (schema.task() == TaskKind.REGRESSION) {
            try {
                return Float.parseFloat(label);
            } catch (NumberFormatException e) {
                throw new ModelException("labels: '" + label + "' is not a number, and the task is regression", e);
            }
        }
        int index = schema.classes().indexOf(label);
        if (index < 0) {
            throw new ModelException(
                    "labels: '" + label + "' is none of the classes " + String.join(", ", schema.classes()));
        }
        return index;
    }

    /**
     * Goes on with other parameters from the next iteration on. What LightGBM cannot change within a training, such as the
     * kind of boosting or the bins of the features, is an error in its own words.
     *
     * @param parameters all of them
     * @param rows what to fit on from now on, in the bins of the first rows; null for the same as before
     */
    public void change(Map<String, Object> parameters, @Nullable Rows rows) {
        String text = BoosterParameters.text(parameters, seed, schema);
        try {
            if (rows != null) {
                LGBMDataset next = dataset(rows, text, datasets.get(0));
                check(lightgbmlib.LGBM_BoosterResetTrainingData(BoosterHandle.of(booster), next.handle));
            }
            check(lightgbmlib.LGBM_BoosterResetParameter(BoosterHandle.of(booster), text));
        } catch (LGBMException e) {
            throw refused(e);
        }
    }

    private static void check(int result) throws LGBMException {
        if (result < 0) {
            throw new LGBMException(lightgbmlib.LGBM_GetLastError());
        }
    }

    /** Adds a tree (per class). False when nothing is left to learn: no further iteration changes anything. */
    public boolean iterate() {
        try {
            boolean finished = booster.updateOneIter();
            iterations++;
            return !finished;
        } catch (LGBMException e) {
            throw refused(e);
        }
    }

    /** Iterations done. */
    public int iterations() {
        return iterations;
    }

    /** What the model, as far as it is trained, answers to the validation rows. */
    public List<Prediction> validation() {
        try {
            // class by class, each with all rows
            double[] raw = booster.getPredict(1);
            if (raw.length != validationRows * schema.outputs()) {
                throw new ModelException("parameters.objective: gives " + raw.length / Math.max(1, validationRows)
                        + " numbers a row, but the task needs " + schema.outputs() + "; leave the objective out");
            }
            List<Prediction> answers = new ArrayList<>(validationRows);
            for (int i = 0; i < validationRows; i++) {
                answers.add(decoder.decode(raw, i, validationRows));
            }
            return answers;
        } catch (LGBMException e) {
            throw refused(e);
        }
    }

    /** The model as trained so far. */
    public LightGbmArtifact artifact() {
        try {
            String model = booster.saveModelToString(0, 0, LGBMBooster.FeatureImportanceType.GAIN);
            return new LightGbmArtifact(LightGbmArtifact.FORMAT, schema, iterations, model);
        } catch (LGBMException e) {
            throw refused(e);
        }
    }

    private static ModelException refused(LGBMException e) {
        return new ModelException("LightGBM refused: " + e.getMessage(), e);
    }

    /** Frees its memory; closing twice is closing once. */
    @Override
    public void close() {
        try {
            // the booster before the datasets that it looks into
            LGBMBooster toFree = made;
            made = null;
            if (toFree != null) {
                toFree.close();
            }
            for (LGBMDataset dataset : datasets) {
                dataset.close();
            }
            datasets.clear();
        } catch (LGBMException e) {
            throw new ModelException("LightGBM cannot free its memory: " + e.getMessage(), e);
        }
    }
}
