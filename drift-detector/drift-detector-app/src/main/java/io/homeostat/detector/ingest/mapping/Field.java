package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.Place;
import org.jspecify.annotations.Nullable;

/** A field of the spec's mapping: looks its value up in messages, and says what is wrong with it. */
final class Field {
    private static final int MOST_SHOWN = 60;

    private final String path;
    private final Place place;
    private final JsonPointer pointer;
    private final Reason reason;

    /**
     * @param path the field's in the spec
     * @param place where its values stand
     * @param reason the kind of problem that its misfits are
     */
    Field(String path, Place place, Reason reason) {
        this.path = path;
        this.place = place;
        this.pointer = JsonPointer.compile(place.kind() == Place.Kind.POINTER ? place.name() : "");
        this.reason = reason;
    }

    /** What stands there; a missing node if nothing does. */
    JsonNode in(Message message) {
        return switch (place.kind()) {
            case POINTER -> message.value().at(pointer);
            case KEY -> text(message.key());
            case HEADER -> text(message.headers().get(place.name()));
            case CONSTANT -> TextNode.valueOf(place.name());
            case TIMESTAMP -> MissingNode.getInstance();
        };
    }

    private static JsonNode text(@Nullable String text) {
        return text == null ? MissingNode.getInstance() : TextNode.valueOf(text);
    }

    /** What stands there, which must not be missing or null. */
    JsonNode required(Message message) {
        JsonNode value = in(message);
        if (value.isMissingNode() || value.isNull()) {
            throw new MisfitException(
                    reason, path + ": " + (value.isNull() ? "null" : "nothing") + " stands at " + place);
        }
        return value;
    }

    /** A text; whole numbers and booleans are taken as they are written. */
    String text(Message message) {
        JsonNode value = required(message);
        if (!value.isTextual() && !value.isIntegralNumber() && !value.isBoolean()
                || value.asText().isBlank()) {
            throw wrong(value, "is no text");
        }
        return value.asText();
    }

    /** A class or number in its one written form, see {@link LabelEvent#text}. */
    String scalar(Message message) {
        JsonNode value = required(message);
        try {
            if (value.isTextual()) {
                return LabelEvent.text(path, value.textValue());
            } else if (value.isBoolean()) {
                return LabelEvent.text(path, value.booleanValue());
            } else if (value.isNumber()) {
                return LabelEvent.text(path, value.doubleValue());
            }
        } catch (InvalidValueException notFinite) {
            throw wrong(value, notFinite.problem());
        }
        throw wrong(value, "is neither a text, a number nor a boolean");
    }

    /** A finite number. */
    double number(Message message) {
        JsonNode value = required(message);
        if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
            throw wrong(value, "is no finite number");
        }
        return value.doubleValue();
    }

    /** The misfit of a value that stands there. */
    MisfitException wrong(JsonNode value, String problem) {
        String text = value.isValueNode() ? value.asText() : value.toString();
        String shown = text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "…";
        return new MisfitException(reason, path + ": '" + shown + "' at " + place + " " + problem);
    }

    @Override
    public String toString() {
        return path + " at " + place;
    }
}
