package io.homeostat.backbone.event;

import io.homeostat.backbone.event.FeatureValues.Names;
import io.homeostat.backbone.event.JsonScanner.Memo;
import io.homeostat.backbone.serde.EventReader;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads predictions in one pass over their bytes, as one comes with every request: field by field into local variables,
 * the features into an array under names shared by all rows that have the same. Whatever is not as usual is read by {@link Json}
 * instead, which says what is wrong with it, so both read the same. One per task: it is not safe for two threads.
 */
public final class PredictionReader implements EventReader<PredictionEvent> {
    private static final int MOST_MODELS = 4_096;
    private static final int MOST_FIELDS = 32;

    private final JsonScanner scanner = new JsonScanner();
    private final Map<String, Known> known = new HashMap<>();
    private final Map<List<String>, Names> layouts = new HashMap<>(); // models of the same features share their names
    private final List<Memo<Field>> fields =
            Stream.generate(() -> new Memo<>(Field::of)).limit(MOST_FIELDS).toList();
    private final Memo<String> model = new Memo<>(text -> text);
    private final Memo<String> version = new Memo<>(text -> text);
    private String[] freshNames = new String[32];
    private double[] numbers = new double[32];
    private @Nullable String[] texts = new String[32];
    private int fieldsRead;

    /** A model that was read before: its name as one object, which maps find by identity, and its features' names. */
    private record Known(String model, Names names) {}

    /** The fields that are read; all others are passed over. */
    private enum Field {
        PREDICTION_ID,
        MODEL,
        EVENT_TIME,
        FEATURES,
        ANSWER,
        UNIT_ID,
        ROLLOUT_ID,
        STEP,
        ARM,
        WEIGHT_PERCENT,
        BUCKET,
        COUNTERPART,
        TRACEPARENT,
        SCHEMA_VERSION,
        MODEL_VERSION,
        ARTIFACT_SHA256,
        OUTPUT,
        SCORE,
        PROBABILITIES,
        STATUS_CODE,
        LATENCY_MILLIS,
        OTHER;

        private static final Map<String, Field> BY_NAME = new HashMap<>();

        static {
            for (Field field : values()) {
                BY_NAME.put(field.written(), field);
            }
            BY_NAME.remove(OTHER.written());
        }

        private String written() {
            StringBuilder name = new StringBuilder(name().toLowerCase(Locale.ROOT));
            for (int i = name.indexOf("_"); i >= 0; i = name.indexOf("_")) {
                name.replace(i, i + 2, name.substring(i + 1, i + 2).toUpperCase(Locale.ROOT));
            }
            return name.toString();
        }

        static Field of(String name) {
            return BY_NAME.getOrDefault(name, OTHER);
        }
    }

    @Override
    public PredictionEvent read(byte[] json) {
        try {
            scanner.start(json);
            fieldsRead = 0;
            scanner.open();
            return event();
        } catch (UnusualJsonException | InvalidValueException | DateTimeException e) {
            return Json.read(json, PredictionEvent.class);
        }
    }

    private Field field() throws UnusualJsonException {
        UnusualJsonException.unless(fieldsRead < MOST_FIELDS);
        return scanner.name(fields.get(fieldsRead++));
    }

    private static <T> T given(@Nullable T value) throws UnusualJsonException {
        if (value == null) {
            throw UnusualJsonException.it();
        }
        return value;
    }

    private PredictionEvent event() throws UnusualJsonException {
        String predictionId = null;
        String modelName = null;
        Known before = null;
        Instant eventTime = null;
        Map<String, Object> features = null;
        PredictionEvent.Answer answer = null;
        String unitId = null;
        String rolloutId = null;
        Integer step = null;
        Arm arm = null;
        Double weightPercent = null;
        Integer bucket = null;
        PredictionEvent.Answer counterpart = null;
        String traceparent = null;
        Integer schemaVersion = null;
        for (boolean more = scanner.hasField(true); more; more = scanner.hasField(false)) {
            Field field = field();
            if (scanner.isNull()) {
                continue;
            }
            switch (field) {
                case PREDICTION_ID -> predictionId = scanner.text();
                case MODEL -> {
                    modelName = scanner.text(model);
                    before = known.get(modelName);
                    modelName = before == null ? modelName : before.model();
                }
                case EVENT_TIME -> eventTime = scanner.time();
                case FEATURES ->
                    features = modelName == null ? features("", known.get("")) : features(modelName, before);
                case ANSWER -> answer = answer();
                case UNIT_ID -> unitId = scanner.text();
                case ROLLOUT_ID -> rolloutId = scanner.text();
                case STEP -> step = scanner.whole();
                case ARM -> arm = arm(scanner.text());
                case WEIGHT_PERCENT -> weightPercent = scanner.number();
                case BUCKET -> bucket = scanner.whole();
                case COUNTERPART -> counterpart = answer();
                case TRACEPARENT -> traceparent = scanner.text();
                case SCHEMA_VERSION -> schemaVersion = scanner.whole();
                default -> scanner.skipScalar();
            }
        }
        return new PredictionEvent(
                given(predictionId),
                given(modelName),
                given(eventTime),
                given(features),
                answer,
                unitId,
                rolloutId,
                step,
                arm,
                weightPercent,
                bucket,
                counterpart,
                traceparent,
                schemaVersion);
    }

    private PredictionEvent.Answer answer() throws UnusualJsonException {
        String modelVersion = null;
        String artifactSha256 = null;
        String answered = null;
        Double score = null;
        Map<String, Double> probabilities = null;
        Integer statusCode = null;
        Double latencyMillis = null;
        scanner.open();
        for (boolean more = scanner.hasField(true); more; more = scanner.hasField(false)) {
            Field field = field();
            if (scanner.isNull()) {
                continue;
            }
            switch (field) {
                case MODEL_VERSION -> modelVersion = scanner.text(version);
                case ARTIFACT_SHA256 -> artifactSha256 = scanner.text();
                case OUTPUT -> answered = scanner.text();
                case SCORE -> score = scanner.number();
                case PROBABILITIES -> probabilities = probabilities();
                case STATUS_CODE -> statusCode = scanner.whole();
                case LATENCY_MILLIS -> latencyMillis = scanner.number();
                default -> scanner.skipScalar();
            }
        }
        return new PredictionEvent.Answer(
                given(modelVersion), artifactSha256, answered, score, probabilities, statusCode, latencyMillis);
    }

    private Map<String, Double> probabilities() throws UnusualJsonException {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        scanner.open();
        for (boolean more = scanner.hasField(true); more; more = scanner.hasField(false)) {
            String name = scanner.newName();
            probabilities.put(name, scanner.number());
        }
        return probabilities;
    }

    /** Reads values as long as their names are the model's, in order; from the first other name on, by whatever name. */
    private Map<String, Object> features(String modelName, @Nullable Known before) throws UnusualJsonException {
        Names known = before == null ? null : before.names();
        int size = 0;
        boolean asKnown = known != null;
        boolean anyText = false;
        scanner.open();
        for (boolean more = scanner.hasField(true); more; more = scanner.hasField(false)) {
            makeRoom(size + 1);
            if (asKnown && known != null && !known.isNext(size, scanner)) {
                known.copyTo(freshNames, size);
                asKnown = false;
            }
            if (!asKnown) {
                freshNames[size] = scanner.newName();
            }
            if (scanner.isText()) {
                if (!anyText) {
                    Arrays.fill(texts, null); // those of the row before
                    anyText = true;
                }
                texts[size] = scanner.text();
                numbers[size++] = Double.NaN;
            } else {
                numbers[size++] = scanner.numberOrNull();
            }
        }
        if (asKnown && known != null && size < known.size()) {
            known.copyTo(freshNames, size);
            asKnown = false;
        }
        Names names = asKnown && known != null ? known : remember(modelName, size);
        return new FeatureValues(names, Arrays.copyOf(numbers, size), anyText ? Arrays.copyOf(texts, size) : null);
    }

    private void makeRoom(int room) {
        if (room > freshNames.length) {
            freshNames = Arrays.copyOf(freshNames, room * 2);
            numbers = Arrays.copyOf(numbers, room * 2);
            texts = Arrays.copyOf(texts, room * 2);
        }
    }

    private Names remember(String modelName, int size) throws UnusualJsonException {
        if (known.size() >= MOST_MODELS || layouts.size() >= MOST_MODELS) {
            known.clear();
            layouts.clear();
        }
        List<String> written = List.of(Arrays.copyOf(freshNames, size));
        Names names = layouts.get(written);
        if (names == null) {
            names = given(Names.of(freshNames, size).orElse(null));
            layouts.put(written, names);
        }
        known.put(modelName, new Known(modelName, names));
        return names;
    }

    private static Arm arm(String text) throws UnusualJsonException {
        for (Arm arm : Arm.values()) {
            if (arm.name().equalsIgnoreCase(text)) {
                return arm;
            }
        }
        throw UnusualJsonException.it();
    }
}
