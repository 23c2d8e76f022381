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
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads predictions in one pass over their bytes, as one comes with every request: field by field into local variables,
 * the features into an array under names shared by the model's rows. Whatever is not as usual is read by {@link Json}
 * instead, which says what is wrong with it, so both read the same. One per task: it is not safe for two threads.
 */
public final class PredictionReader implements EventReader<PredictionEvent> {
    private static final int MOST_MODELS = 4_096;
    private static final int MOST_FIELDS = 32;

    private final JsonScanner scanner = new JsonScanner();
    private final Map<String, Names> namesByModel = new HashMap<>();
    private final Memo[] fields = memos();
    private final Memo model = new Memo();
    private final Memo version = new Memo();
    private final Memo output = new Memo();
    private String[] freshNames = new String[32];
    private @Nullable Object[] values = new Object[32];
    private int fieldsRead;

    private static Memo[] memos() {
        Memo[] memos = new Memo[MOST_FIELDS];
        Arrays.setAll(memos, i -> new Memo());
        return memos;
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

    private String field() throws UnusualJsonException {
        UnusualJsonException.unless(fieldsRead < MOST_FIELDS);
        return scanner.scanned(fields[fieldsRead++]);
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
        for (boolean more = scanner.nextField(true); more; more = scanner.nextField(false)) {
            String field = field();
            if (scanner.isNull()) {
                continue;
            }
            switch (field) {
                case "predictionId" -> predictionId = scanner.text();
                case "model" -> modelName = scanner.text(model);
                case "eventTime" -> eventTime = scanner.time();
                case "features" -> features = features(modelName == null ? "" : modelName);
                case "answer" -> answer = answer();
                case "unitId" -> unitId = scanner.text();
                case "rolloutId" -> rolloutId = scanner.text();
                case "step" -> step = scanner.whole();
                case "arm" -> arm = arm(scanner.text());
                case "weightPercent" -> weightPercent = scanner.number();
                case "bucket" -> bucket = scanner.whole();
                case "counterpart" -> counterpart = answer();
                case "traceparent" -> traceparent = scanner.text();
                case "schemaVersion" -> schemaVersion = scanner.whole();
                default -> scanner.scalar();
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
        for (boolean more = scanner.nextField(true); more; more = scanner.nextField(false)) {
            String field = field();
            if (scanner.isNull()) {
                continue;
            }
            switch (field) {
                case "modelVersion" -> modelVersion = scanner.text(version);
                case "artifactSha256" -> artifactSha256 = scanner.text();
                case "output" -> answered = scanner.text(output);
                case "score" -> score = scanner.number();
                case "probabilities" -> probabilities = probabilities();
                case "statusCode" -> statusCode = scanner.whole();
                case "latencyMillis" -> latencyMillis = scanner.number();
                default -> scanner.scalar();
            }
        }
        return new PredictionEvent.Answer(
                given(modelVersion), artifactSha256, answered, score, probabilities, statusCode, latencyMillis);
    }

    private Map<String, Double> probabilities() throws UnusualJsonException {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        scanner.open();
        for (boolean more = scanner.nextField(true); more; more = scanner.nextField(false)) {
            String name = scanner.scanned(new Memo());
            probabilities.put(name, scanner.number());
        }
        return probabilities;
    }

    /** Reads values as long as their names are the model's, in order; from the first other name on, by whatever name. */
    private Map<String, Object> features(String modelName) throws UnusualJsonException {
        Names known = namesByModel.get(modelName);
        int size = 0;
        boolean asKnown = known != null;
        scanner.open();
        for (boolean more = scanner.nextField(true); more; more = scanner.nextField(false)) {
            makeRoom(size + 1);
            if (asKnown && known != null && !known.isWritten(size, scanner)) {
                known.copyTo(freshNames, size);
                asKnown = false;
            }
            if (!asKnown) {
                freshNames[size] = scanner.scanned(new Memo());
            }
            values[size++] = scanner.scalar();
        }
        if (asKnown && known != null && size < known.size()) {
            known.copyTo(freshNames, size);
            asKnown = false;
        }
        Names names = asKnown && known != null ? known : remember(modelName, size);
        return new FeatureValues(names, Arrays.copyOf(values, size));
    }

    private void makeRoom(int room) {
        if (room > freshNames.length) {
            freshNames = Arrays.copyOf(freshNames, room * 2);
            values = Arrays.copyOf(values, room * 2);
        }
    }

    private Names remember(String modelName, int size) throws UnusualJsonException {
        Optional<Names> names = Names.of(freshNames, size);
        UnusualJsonException.unless(names.isPresent());
        if (namesByModel.size() >= MOST_MODELS) {
            namesByModel.clear();
        }
        namesByModel.put(modelName, names.orElseThrow());
        return names.orElseThrow();
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
