package io.homeostat.detector.ingest.mapping;

import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.spec.PredictionSource;
import java.time.Instant;
import java.util.Optional;

/**
 * A request or a response as the loggers of KServe and Seldon write them: a CloudEvent of a type that ends in
 * {@code inference.request} or {@code inference.response}. Both of a pair have the same id; Seldon says it as
 * {@code requestid}. Seldon's Kafka logger writes the attributes without {@code ce_}.
 *
 * @param model whose
 * @param id of the pair
 * @param side which half
 * @param time when it was
 * @param message what was read
 * @param origin where
 */
public record InferenceHalf(String model, String id, Side side, Instant time, Message message, String origin) {
    /** The halves. */
    public enum Side {
        REQUEST,
        RESPONSE
    }

    /** What a message is half of. Errors: {@link MisfitException}, {@link InvalidValueException}. */
    public static InferenceHalf of(Message message, ModelSpec spec, PredictionSource source, String origin) {
        Origins origins = new Origins("source.predictions", source.id(), source.time());
        String id = source.id() != null
                ? origins.id(message)
                : attribute(message, "requestid").orElseGet(() -> origins.id(message));
        return new InferenceHalf(
                spec.model(), Check.id("id", id), side(message), origins.time(message), message, origin);
    }

    private static Side side(Message message) {
        String type = attribute(message, "type").orElse("");
        if (type.endsWith("inference.request")) {
            return Side.REQUEST;
        } else if (type.endsWith("inference.response")) {
            return Side.RESPONSE;
        }
        throw new MisfitException(
                Reason.UNREADABLE,
                "ce_type: '" + type + "' is neither org.kubeflow.serving.inference.request nor .response, nor Seldon's"
                        + " io.seldon.serving.inference.*; is it the logger's topic?");
    }

    private static Optional<String> attribute(Message message, String name) {
        return message.attribute(name)
                .or(() -> Optional.ofNullable(message.headers().get(name)));
    }
}
