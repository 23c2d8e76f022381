package io.homeostat.model.lightgbm;

import com.microsoft.ml.lightgbm.PredictionType;
import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMException;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A LightGBM model that answers. Its native memory is freed by {@link #close}. */
public final class LightGbmModel implements ModelRuntime {
    // LightGBM keeps the number of threads per process, not per call: a call that does not say 1 would let trainings
    // in the same process spread over all cores
    private static final String ONE_THREAD = "num_threads=1 verbosity=-1";
    private static final int MOST_ROWS_AT_ONCE = 10_000;

    private final DataSchema schema;
    private final FeatureEncoder encoder;
    private final AnswerDecoder decoder;
    private final Map<String, FeatureKind> features;
    private final LGBMBooster booster;
    // asking shares it, closing owns it: freed memory is never asked
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private LightGbmModel(DataSchema schema, LGBMBooster booster) {
        this.schema = schema;
        this.booster = booster;
        this.encoder = new FeatureEncoder(schema);
        this.decoder = new AnswerDecoder(schema);
        Map<String, FeatureKind> kinds = new LinkedHashMap<>();
        schema.features().forEach(f -> kinds.put(f.name(), f.kind()));
        this.features = Collections.unmodifiableMap(kinds);
    }

    /** Loads a stored model. Errors: {@link ModelException}. */
    public static LightGbmModel load(byte[] artifact) {
        LightGbmArtifact read = LightGbmArtifact.read(artifact);
        NativeLibrary.load();
        try {
            return new LightGbmModel(read.schema(), LGBMBooster.loadModelFromString(read.model()));
        } catch (LGBMException e) {
            throw new ModelException("LightGBM cannot load the model: " + e.getMessage(), e);
        }
    }

    @Override
    public TaskKind task() {
        return schema.task();
    }

    @Override
    public Map<String, FeatureKind> features() {
        return features;
    }

    @Override
    public List<String> classes() {
        return schema.classes();
    }

    @Override
    public String positive() {
        return schema.positive();
    }

    @Override
    public Prediction predict(Map<String, Object> row) {
        return decoder.decode(ask(encoder.encode(row), 1), 0, 1);
    }

    @Override
    public List<Prediction> predict(List<Map<String, Object>> rows) {
        List<Prediction> answers = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += MOST_ROWS_AT_ONCE) {
            List<Map<String, Object>> some = rows.subList(from, Math.min(rows.size(), from + MOST_ROWS_AT_ONCE));
            addAnswers(encoder.encode(some), some.size(), answers);
        }
        return answers;
    }

    @Override
    public List<Prediction> predictHistory(List<Map<String, Object>> rows) {
        List<Prediction> answers = new ArrayList<>(rows.size());
        for (int from = 0; from < rows.size(); from += MOST_ROWS_AT_ONCE) {
            List<Map<String, Object>> some = rows.subList(from, Math.min(rows.size(), from + MOST_ROWS_AT_ONCE));
            addAnswers(encoder.encodeHistory(some), some.size(), answers);
        }
        return answers;
    }

    private void addAnswers(double[] numbers, int rows, List<Prediction> answers) {
        double[] raw = ask(numbers, rows);
        for (int i = 0; i < rows; i++) {
            answers.add(decoder.decode(raw, i * schema.outputs(), 1));
        }
    }

    private double[] ask(double[] numbers, int rows) {
        lock.readLock().lock();
        try {
            if (closed) {
                throw new ModelException("the model is closed");
            }
            return booster.predictForMat(
                    numbers, rows, encoder.width(), true, PredictionType.C_API_PREDICT_NORMAL, ONE_THREAD);
        } catch (LGBMException e) {
            throw new ModelException("LightGBM cannot predict: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                booster.close();
            }
        } catch (LGBMException e) {
            throw new ModelException("LightGBM cannot free the model: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
