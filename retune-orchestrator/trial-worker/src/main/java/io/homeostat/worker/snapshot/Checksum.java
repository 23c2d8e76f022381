package io.homeostat.worker.snapshot;

import io.homeostat.model.artifact.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/** SHA-256 over rows in order: id, time, label and features by name, each text led by its length. */
final class Checksum {
    private final MessageDigest digest = Digest.start();

    private Checksum() {}

    static String of(List<Row> rows, Set<String> features) {
        Checksum sum = new Checksum();
        List<String> names = features.stream().sorted().toList();
        for (Row row : rows) {
            sum.add(row.id());
            sum.add(row.time().toString());
            sum.add(row.label());
            for (String name : names) {
                Object value = row.features().get(name);
                // a text of digits is not a number
                sum.add(value == null ? "" : (value instanceof String ? "s" : "n") + value);
            }
        }
        return Digest.hex(sum.digest.digest());
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
