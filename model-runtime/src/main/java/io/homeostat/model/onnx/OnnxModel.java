package io.homeostat.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.TaskKind;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.runtime.ModelRuntime;
import io.homeostat.model.runtime.Prediction;
import io.homeostat.model.runtime.UnusableAnswerException;
import io.homeostat.model.schema.AnswerDecoder;
import io.homeostat.model.schema.DataSchema;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An ONNX model that answers. The artifact is the plain {@code .onnx} file; its metadata property
 * {@value #SCHEMA_PROPERTY} holds the {@link DataSchema} as JSON, which says what ONNX has no words for: the task, the
 * classes, which feature is which column, the categories' codes.
 *
 * <p>Inputs: one tensor of all features, {@code [n, features]}, or one named like each feature, {@code [n, 1]} (see
 * {@link OnnxInputs}). Output: the first tensor of FLOAT or DOUBLE, with the widths of {@link AnswerDecoder#decodeAll};
 * others, like a label, are not asked for.
 *
 * <p>Each call runs on its caller's thread only. Native memory is freed by {@link #close}.
 */
public final class OnnxModel implements ModelRuntime {
    /** The artifact's format. */
    public static final String FORMAT = "onnx/1";
    /** The metadata property of the schema. */
    public static final String SCHEMA_PROPERTY = "homeostat.schema";

    private final DataSchema schema;
    private final OrtSession session;
    private final OnnxInputs inputs;
    private final String output;
    private final AnswerDecoder decoder;
    // asking shares it, closing owns it: freed memory is never asked
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private OnnxModel(OrtSession session) throws OrtException {
        this.session = session;
        this.schema = schema(session);
        this.inputs = OnnxInputs.of(schema, session.getInputInfo());
        this.output = output(session.getOutputInfo());
        this.decoder = new AnswerDecoder(schema);
    }

    /** Loads a stored model. Errors: {@link ModelException}. */
    public static OnnxModel load(byte[] artifact) {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return of(OrtEnvironment.getEnvironment().createSession(artifact, options));
        } catch (OrtException e) {
            throw new ModelException("ONNX Runtime refused the model: " + e.getMessage(), e);
        } catch (LinkageError e) {
            throw new ModelException(
                    "ONNX Runtime's native library cannot be loaded on this system: " + e.getMessage(), e);
        }
    }

    private static OnnxModel of(OrtSession session) throws OrtException {
        try {
            return new OnnxModel(session);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static DataSchema schema(OrtSession session) throws OrtException {
        Optional<String> json = session.getMetadata().getCustomMetadataValue(SCHEMA_PROPERTY);
        if (json.isEmpty()) {
            throw new ModelException("the ONNX model has no metadata property '" + SCHEMA_PROPERTY
                    + "', so its features and classes are not known. Add it with onnx.helper.set_model_props(model, {'"
                    + SCHEMA_PROPERTY + "': '{\"task\": \"binary\", \"positive\": \"1\", \"classes\": [\"0\", \"1\"],"
                    + " \"features\": [{\"name\": \"age\", \"kind\": \"numeric\"}]}'})");
        }
        try {
            return Json.read(json.get().getBytes(StandardCharsets.UTF_8), DataSchema.class);
        } catch (InvalidValueException e) {
            throw new ModelException("the ONNX model's " + SCHEMA_PROPERTY + " is wrong: " + e.getMessage(), e);
        }
    }

    private static String output(Map<String, NodeInfo> outputs) {
        for (NodeInfo node : outputs.values()) {
            if (node.getInfo() instanceof TensorInfo tensor
                    && (tensor.type == OnnxJavaType.FLOAT || tensor.type == OnnxJavaType.DOUBLE)) {
                return node.getName();
            }
        }
        throw new ModelException("the ONNX model has no output tensor of FLOAT or DOUBLE among " + outputs.keySet()
                + ". A classifier of scikit-learn is to be converted with options={'zipmap': False}.");
    }

    @Override
    public TaskKind task() {
        return schema.task();
    }

    @Override
    public Map<String, FeatureKind> features() {
        return inputs.features();
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
        return predict(List.of(row)).get(0);
    }

    @Override
    public List<Prediction> predict(List<Map<String, Object>> rows) {
        return answers(rows, false);
    }

    @Override
    public List<Prediction> predictHistory(List<Map<String, Object>> rows) {
        return answers(rows, true);
    }

    private List<Prediction> answers(List<Map<String, Object>> rows, boolean history) {
        if (rows.isEmpty()) {
            return List.of();
        }
        lock.readLock().lock();
        try {
            if (closed) {
                throw new ModelException("the model is closed");
            }
            return decoder.decodeAll(run(rows, history), rows.size());
        } catch (OrtException e) {
            throw new ModelException("ONNX Runtime failed: " + e.getMessage(), e);
        } finally {
            lock.readLock().unlock();
        }
    }

    private double[] run(List<Map<String, Object>> rows, boolean history) throws OrtException {
        Map<String, OnnxTensor> given = inputs.tensors(rows, history);
        try (OrtSession.Result result = session.run(given, Set.of(output))) {
            OnnxValue value = result.get(0);
            if (!(value instanceof OnnxTensor tensor)) {
                throw new UnusableAnswerException("output '" + output + "' is " + value.getType() + ", not a tensor");
            }
            return numbers(tensor);
        } finally {
            OnnxValue.close(given);
        }
    }

    private static double[] numbers(OnnxTensor tensor) {
        if (tensor.getInfo().type == OnnxJavaType.DOUBLE) {
            double[] numbers = new double[tensor.getDoubleBuffer().remaining()];
            tensor.getDoubleBuffer().get(numbers);
            return numbers;
        }
        float[] narrow = new float[tensor.getFloatBuffer().remaining()];
        tensor.getFloatBuffer().get(narrow);
        double[] numbers = new double[narrow.length];
        for (int i = 0; i < narrow.length; i++) {
            numbers[i] = narrow[i];
        }
        return numbers;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new ModelException("ONNX Runtime cannot free the model: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
