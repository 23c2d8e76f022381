package io.homeostat.backbone.store;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Writes a state into bytes by way of a buffer that its thread keeps: a commit writes thousands of states, and buffers that
 * grow anew for each were more garbage than all that is kept.
 */
public final class StateBytes {
    private static final int MOST_KEPT_BYTES = 1024 * 1024; // a larger buffer was for an unusual state

    private static final ThreadLocal<ByteArrayOutputStream> SPARE = ThreadLocal.withInitial(ByteArrayOutputStream::new);

    private StateBytes() {}

    /** What writes a state. */
    public interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    /** What was written, which may have been by way of this for its parts. */
    public static byte[] of(Writing writing) {
        ByteArrayOutputStream buffer = SPARE.get();
        SPARE.remove(); // a part of the state has another one
        try (DataOutputStream out = new DataOutputStream(buffer)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] bytes = buffer.toByteArray();
        if (bytes.length <= MOST_KEPT_BYTES) {
            buffer.reset();
            SPARE.set(buffer);
        }
        return bytes;
    }
}
