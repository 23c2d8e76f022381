package io.homeostat.model.lightgbm;

import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.schema.AnswerDecoder;
import io.homeostat.model.schema.DataSchema;
import io.homeostat.model.schema.FeatureEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A LightGBM model that answers. Its native memory is freed by {@link #close}. */
public final class LightGbmModel implements ModelRuntime {
    private static final int MOST_ROWS_AT_ONCE = 10_000;

    private final DataSchema schema;
    private final FeatureEncoder encoder;
    private final AnswerDecoder decoder;
    private final Map<String, FeatureKind> features;
    private final NativeBooster booster;
    // asking shares it, closing owns it: freed memory is never asked
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private LightGbmModel(DataSchema schema, NativeBooster booster) {
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
        NativeBooster booster = NativeBooster.load(read.model());
        if (booster.outputs() != read.schema().outputs()) {
            booster.free();
            throw new ModelException("the artifact contradicts itself: its model gives " + booster.outputs()
                    + " numbers a row, its schema needs " + read.schema().outputs());
        }
        return new LightGbmModel(read.schema(), booster);
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
            return booster.predict(numbers, rows, encoder.width());
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
                booster.free();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }
}
