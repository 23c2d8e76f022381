package io.homeostat.metastore.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.io.IOException;
import java.io.Writer;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** A record per line. Empty lines are passed over. */
final class JsonLines {
    private static final List<String> FIELDS = Arrays.stream(MetaRecord.class.getRecordComponents())
            .map(RecordComponent::getName)
            .toList();

    private JsonLines() {}

    static Imported read(String text, Origin origin) {
        Lines read = new Lines(origin.now());
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty()) {
                read.add(i + 1, () -> record(line));
            }
        }
        return read.imported();
    }

    private static MetaRecord record(String line) {
        JsonNode tree = tree(line);
        for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            Check.that(FIELDS.contains(name), "", "unknown key '" + name + "'" + Check.advice(name, FIELDS));
        }
        for (String name : FIELDS.subList(0, FIELDS.indexOf("started"))) {
            Check.that(tree.hasNonNull(name), name, "is missing");
        }
        return Json.read(line.getBytes(StandardCharsets.UTF_8), MetaRecord.class);
    }

    private static JsonNode tree(String line) {
        try {
            return Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            String start = line.length() <= 40 ? line : line.substring(0, 40) + "…";
            throw new InvalidValueException("", "'" + start + "' is not JSON: " + e.getOriginalMessage());
        }
    }

    static void write(Iterable<MetaRecord> records, Writer out) throws IOException {
        for (MetaRecord record : records) {
            out.write(Json.text(record));
            out.write('\n');
        }
    }
}
