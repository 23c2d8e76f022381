package io.homeostat.backbone.store;

/** How a state on the heap becomes bytes and back; equal states give equal bytes. */
public interface StateCodec<T> {
    byte[] encode(T state);

    T decode(byte[] bytes);
}
