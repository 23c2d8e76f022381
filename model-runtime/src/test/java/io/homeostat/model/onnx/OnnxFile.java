package io.homeostat.model.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes small ONNX files: the few messages of its protocol buffers that the tests need, by their field numbers. */
final class OnnxFile {
    static final int FLOAT = 1;
    static final int STRING = 8;
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final Message graph = new Message().text(2, "test");
    private final Message model = new Message().number(1, 8); // IR version

    /** An input of any number of rows. */
    OnnxFile input(String name, int type, int columns) {
        graph.message(11, value(name, type, columns));
        return this;
    }

    OnnxFile output(String name, int type, int columns) {
        graph.message(12, value(name, type, columns));
        return this;
    }

    /** A constant. */
    OnnxFile constant(String name, List<Integer> shape, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            raw.putFloat(value);
        }
        Message tensor = new Message();
        shape.forEach(size -> tensor.number(1, size));
        graph.message(5, tensor.number(2, FLOAT).text(8, name).bytes(9, raw.array()));
        return this;
    }

    OnnxFile node(String operator, List<String> inputs, String output) {
        graph.message(1, operator(operator, inputs, output));
        return this;
    }

    OnnxFile concat(List<String> inputs, String output) {
        Message axis = new Message().text(1, "axis").number(3, 1).number(20, 2);
        graph.message(1, operator("Concat", inputs, output).message(5, axis));
        return this;
    }

    /** Texts to numbers; -1 for others. */
    OnnxFile labelEncoder(String input, String output, List<String> keys, float... values) {
        Message names = new Message().text(1, "keys_strings");
        keys.forEach(key -> names.text(9, key));
        Message numbers = new Message().text(1, "values_floats");
        for (float value : values) {
            numbers.real(7, value);
        }
        Message other = new Message().text(1, "default_float").real(2, -1).number(20, 1);
        graph.message(
                1,
                operator("LabelEncoder", List.of(input), output)
                        .text(7, "ai.onnx.ml")
                        .message(5, names.number(20, 8))
                        .message(5, numbers.number(20, 6))
                        .message(5, other));
        return this;
    }

    OnnxFile property(String key, String value) {
        model.message(14, new Message().text(1, key).text(2, value));
        return this;
    }

    byte[] bytes() {
        model.message(7, graph);
        model.message(8, new Message().text(1, "").number(2, 13));
        model.message(8, new Message().text(1, "ai.onnx.ml").number(2, 2));
        return model.out.toByteArray();
    }

    private static Message operator(String operator, List<String> inputs, String output) {
        Message node = new Message();
        inputs.forEach(input -> node.text(1, input));
        return node.text(2, output).text(4, operator);
    }

    private static Message value(String name, int type, int columns) {
        Message shape =
                new Message().message(1, new Message().text(2, "n")).message(1, new Message().number(1, columns));
        Message tensor = new Message().number(1, type).message(2, shape);
        return new Message().text(1, name).message(2, new Message().message(1, tensor));
    }

    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Message number(int field, long value) {
            varint((long) field << 3 | VARINT);
            varint(value);
            return this;
        }

        Message real(int field, float value) {
            varint((long) field << 3 | 5);
            out.writeBytes(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putFloat(value)
                    .array());
            return this;
        }

        Message text(int field, String value) {
            return bytes(field, value.getBytes(StandardCharsets.UTF_8));
        }

        Message message(int field, Message value) {
            return bytes(field, value.out.toByteArray());
        }

        Message bytes(int field, byte[] value) {
            varint((long) field << 3 | BYTES);
            varint(value.length);
            out.writeBytes(value);
            return this;
        }

        private void varint(long value) {
            long rest = value;
            while ((rest & ~0x7fL) != 0) {
                out.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            out.write((int) rest);
        }
    }
}
