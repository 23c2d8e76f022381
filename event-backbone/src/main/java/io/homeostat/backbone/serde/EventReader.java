package io.homeostat.backbone.serde;

/** Reads one kind of event from its bytes. */
@FunctionalInterface
public interface EventReader<V> {
    /** The event. Errors: {@link InvalidValueException}. */
    V read(byte[] json);
}
