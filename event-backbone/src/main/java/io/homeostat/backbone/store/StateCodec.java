package io.homeostat.backbone.store;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a state on the heap becomes bytes and back; equal states give equal bytes.
 *
 * <p>A state may have a large part that seldom changes. Then that is written by itself, and only when it has changed: a
 * thousand states that are touched between two commits would else be a thousand copies of it.
 *
 * <p>A state that grows may tell what has changed since it was kept, whole or by its last change. Then only that is written
 * where it is less than the whole, and a state that grew by a row costs a row.
 */
public interface StateCodec<T> {
    /** The whole state. */
    byte[] encode(T state);

    /** The state that gave these bytes, which may be whole or without a part that was never written by itself. */
    T decode(byte[] bytes);

    /** What stands for the part that seldom changes: the very same object as long as it has not. Null if there is none. */
    default @Nullable Object seldom(T state) {
        return null;
    }

    /** The part that {@link #seldom} stands for: asked for once whenever that is another object. */
    default byte[] encodeSeldom(T state) {
        return new byte[0];
    }

    /** The state without {@link #encodeSeldom}. */
    default byte[] encodeRest(T state) {
        return encode(state);
    }

    /** The state that gave these bytes of both parts. */
    default T decode(byte[] rest, byte[] seldom) {
        return decode(rest);
    }

    /** Told whenever the state is as it was kept: what changes from now on is its next change. */
    default void markKept(T state) {}

    /** What changed since {@link #markKept}; empty if only the whole state tells it. */
    default Optional<byte[]> change(T state) {
        return Optional.empty();
    }

    /** Makes a change in a state that is as the one was that it was made in. */
    default void apply(T state, byte[] change) {
        throw new UnsupportedOperationException("this codec tells no changes");
    }
}
