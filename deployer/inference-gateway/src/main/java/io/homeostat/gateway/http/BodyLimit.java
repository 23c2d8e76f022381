package io.homeostat.gateway.http;

import io.homeostat.gateway.protocol.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * How large a request's body may be.
 *
 * @param most bytes
 */
record BodyLimit(long most) {
    /** Errors: {@link RefusedException} 413. */
    void check(long length) {
        if (length > most) {
            throw refused(Long.toString(length));
        }
    }

    /** Checks what the header Content-Length says, if it is there. Errors: {@link RefusedException} 413. */
    void check(@Nullable String contentLength) {
        if (contentLength == null) {
            return;
        }
        try {
            check(Long.parseLong(contentLength.strip()));
        } catch (NumberFormatException e) {
            throw RefusedException.badRequest("Content-Length", "'" + contentLength + "' is not a number");
        }
    }

    private RefusedException refused(String length) {
        return new RefusedException(
                413,
                "body: has " + length + " bytes, at most " + most
                        + " are read (homeostat.gateway.max-body); send fewer rows at once");
    }
}
