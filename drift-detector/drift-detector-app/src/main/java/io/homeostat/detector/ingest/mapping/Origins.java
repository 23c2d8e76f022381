package io.homeostat.detector.ingest.mapping;

import com.fasterxml.jackson.databind.node.TextNode;
import io.homeostat.backbone.deadletter.DeadLetter.Reason;
import io.homeostat.backbone.spec.Place;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which prediction a message is about, and when it happened: as mapped, else as the CloudEvent or the record says. */
final class Origins {
    private final String source;
    private final @Nullable Field id;
    private final @Nullable Field time;
    private final boolean recordTime;

    /**
     * @param source the source's path in the spec
     * @param id where the id stands, if that is said
     * @param time where the time stands, if that is said
     */
    Origins(String source, @Nullable Place id, @Nullable Place time) {
        this.source = source;
        this.id = id == null ? null : new Field(source + ".id", id, Reason.UNREADABLE);
        this.time = time == null || time.kind() == Place.Kind.TIMESTAMP
                ? null
                : new Field(source + ".time", time, Reason.INVALID_TIME);
        this.recordTime = time != null && time.kind() == Place.Kind.TIMESTAMP;
    }

    /** The id as mapped; else that of the CloudEvent, else the record's key. */
    String id(Message message) {
        if (id != null) {
            return id.text(message);
        }
        return message.attribute("id")
                .or(() -> Optional.ofNullable(message.key()).filter(key -> !key.isBlank()))
                .orElseThrow(() -> new MisfitException(
                        Reason.UNREADABLE,
                        source + ".id: is not mapped, and the record is no CloudEvent and has no key"));
    }

    /** The time as mapped; else that of the CloudEvent, else the record's timestamp. */
    Instant time(Message message) {
        if (time != null) {
            return Times.read(time.required(message))
                    .orElseThrow(() -> time.wrong(
                            time.in(message),
                            "is no time; write 2026-01-31T12:00:00Z, or seconds or milliseconds since 1970"));
        }
        Optional<Instant> event = recordTime
                ? Optional.empty()
                : message.attribute("time").flatMap(text -> Times.read(TextNode.valueOf(text)));
        return event.orElseGet(() -> timestamp(message));
    }

    private Instant timestamp(Message message) {
        if (message.timestamp() <= 0) {
            throw new MisfitException(
                    Reason.INVALID_TIME,
                    source + ".time: the record has no timestamp; map the time to where it stands");
        }
        return Instant.ofEpochMilli(message.timestamp());
    }
}
