package io.homeostat.model.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.model.runtime.InvalidFeatureException;
import io.homeostat.model.runtime.ModelException;
import io.homeostat.model.schema.DataSchema;
import io.homeostat.model.schema.FeatureEncoder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Rows to an ONNX model's input tensors, in one of two layouts that are told apart by the inputs' names.
 *
 * <ul>
 *   <li>one tensor per feature, named like it, {@code [n, 1]}: FLOAT or DOUBLE (a missing value is NaN), INT64, or
 *       STRING for categories as they are written (missing is the empty text);
 *   <li>one tensor {@code [n, features]} of FLOAT or DOUBLE in the schema's order, a category as its code.
 * </ul>
 */
final class OnnxInputs {
    private static final Set<OnnxJavaType> NUMBERS = Set.of(OnnxJavaType.FLOAT, OnnxJavaType.DOUBLE);

    private final Map<String, FeatureKind> features;
    private final FeatureEncoder encoder;
    // of the one tensor, or of each feature's
    private final List<Input> inputs;

    private record Input(String name, OnnxJavaType type, int column, int width) {}

    private OnnxInputs(DataSchema schema, List<Input> inputs) {
        Map<String, FeatureKind> kinds = new LinkedHashMap<>();
        schema.features().forEach(f -> kinds.put(f.name(), f.kind()));
        this.features = Collections.unmodifiableMap(kinds);
        this.encoder = new FeatureEncoder(schema);
        this.inputs = inputs;
    }

    /** Errors: {@link ModelException} when the model's inputs are in neither layout. */
    static OnnxInputs of(DataSchema schema, Map<String, NodeInfo> nodes) {
        List<String> names =
                schema.features().stream().map(DataSchema.Feature::name).toList();
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        nodes.forEach((name, node) -> tensors.put(name, tensor(name, node)));
        if (tensors.keySet().equals(Set.copyOf(names))) {
            List<Input> inputs = new ArrayList<>();
            tensors.forEach((name, tensor) -> inputs.add(column(schema, names.indexOf(name), tensor.type)));
            return new OnnxInputs(schema, inputs);
        }
        if (tensors.size() != 1) {
            throw new ModelException("the ONNX model's inputs are " + tensors.keySet() + ", the schema's features are "
                    + names + "; one input of all features, or one named like each feature is understood");
        }
        Map.Entry<String, TensorInfo> only = tensors.entrySet().iterator().next();
        return new OnnxInputs(schema, List.of(matrix(only.getKey(), only.getValue(), names.size())));
    }

    private static TensorInfo tensor(String name, NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo tensor) {
            return tensor;
        }
        throw new ModelException("the ONNX model's input '" + name + "' is not a tensor");
    }

    private static Input column(DataSchema schema, int column, OnnxJavaType type) {
        DataSchema.Feature feature = schema.features().get(column);
        boolean text = type == OnnxJavaType.STRING;
        if (!(NUMBERS.contains(type) || type == OnnxJavaType.INT64 || text)
                || (text && feature.kind() == FeatureKind.NUMERIC)) {
            throw new ModelException(
                    "the ONNX model's input '" + feature.name() + "' is " + type + ", but the feature is "
                            + feature.kind() + "; FLOAT, DOUBLE and INT64 are understood, and STRING for categories");
        }
        return new Input(feature.name(), type, column, 1);
    }

    private static Input matrix(String name, TensorInfo tensor, int features) {
        long[] shape = tensor.getShape();
        boolean fits = shape.length == 2 && (shape[1] == features || shape[1] < 0);
        if (!fits || !NUMBERS.contains(tensor.type)) {
            throw new ModelException("the ONNX model's input '" + name + "' is " + tensor.type + " "
                    + Arrays.toString(shape) + "; FLOAT or DOUBLE [n, " + features
                    + "] is wanted, as the schema has " + features + " features");
        }
        return new Input(name, tensor.type, 0, features);
    }

    Map<String, FeatureKind> features() {
        return features;
    }

    /** The tensors of the rows; to be closed. Errors: {@link InvalidFeatureException}. */
    Map<String, OnnxTensor> tensors(List<Map<String, Object>> rows, boolean history) throws OrtException {
        double[] numbers = history ? encoder.encodeHistory(rows) : encoder.encode(rows);
        Map<String, OnnxTensor> tensors = new HashMap<>(inputs.size() * 2);
        try {
            for (Input input : inputs) {
                tensors.put(input.name(), tensor(input, rows, numbers));
            }
            return tensors;
        } catch (OrtException | RuntimeException e) {
            tensors.values().forEach(OnnxTensor::close);
            throw e;
        }
    }

    private OnnxTensor tensor(Input input, List<Map<String, Object>> rows, double[] numbers) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        long[] shape = {rows.size(), input.width()};
        return switch (input.type()) {
            case STRING -> OnnxTensor.createTensor(environment, texts(input.name(), rows), shape);
            case INT64 ->
                OnnxTensor.createTensor(environment, LongBuffer.wrap(whole(input, numbers, rows.size())), shape);
            case DOUBLE ->
                OnnxTensor.createTensor(environment, DoubleBuffer.wrap(part(input, numbers, rows.size())), shape);
            default ->
                OnnxTensor.createTensor(environment, FloatBuffer.wrap(narrow(input, numbers, rows.size())), shape);
        };
    }

    private double[] part(Input input, double[] numbers, int rows) {
        if (input.width() == encoder.width()) {
            return numbers;
        }
        double[] part = new double[rows];
        for (int i = 0; i < rows; i++) {
            part[i] = numbers[i * encoder.width() + input.column()];
        }
        return part;
    }

    private float[] narrow(Input input, double[] numbers, int rows) {
        double[] part = part(input, numbers, rows);
        float[] narrow = new float[part.length];
        for (int i = 0; i < part.length; i++) {
            narrow[i] = (float) part[i];
        }
        return narrow;
    }

    private long[] whole(Input input, double[] numbers, int rows) {
        double[] part = part(input, numbers, rows);
        long[] whole = new long[part.length];
        for (int i = 0; i < part.length; i++) {
            if (Double.isNaN(part[i]) || part[i] != Math.rint(part[i])) {
                throw new InvalidFeatureException(
                        input.name(),
                        (Double.isNaN(part[i]) ? "is missing or of no known category" : part[i] + " is not whole")
                                + ", but the model takes whole numbers only");
            }
            whole[i] = (long) part[i];
        }
        return whole;
    }

    private static String[] texts(String feature, List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> row.get(feature) == null ? "" : String.valueOf(row.get(feature)))
                .toArray(String[]::new);
    }
}
