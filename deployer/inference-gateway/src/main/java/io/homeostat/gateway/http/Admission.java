package io.homeostat.gateway.http;

import io.homeostat.gateway.protocol.RefusedException;

/**
 * How much may be under way at once: requests, and bytes of their bodies. What comes beyond is refused at once, as a queue
 * without end would answer everybody late.
 */
final class Admission {
    private final int mostRequests;
    private final long mostBytes;
    private int requests;
    private long bytes;

    /**
     * @param mostRequests 1 or more
     * @param mostBytes 1 or more; one request is always let in, whatever its size
     */
    Admission(int mostRequests, long mostBytes) {
        this.mostRequests = mostRequests;
        this.mostBytes = mostBytes;
    }

    /** Lets a request in. Errors: {@link RefusedException} 503. */
    synchronized Ticket enter() {
        if (requests >= mostRequests) {
            throw new RefusedException(
                    503,
                    requests + " requests are under way, which is the most (homeostat.gateway.max-requests); try again"
                            + " in a second");
        }
        requests++;
        return new Ticket();
    }

    /** How many requests are under way. */
    synchronized int requests() {
        return requests;
    }

    /** Of one request under way; left once, and again without effect. */
    final class Ticket {
        private long held;
        private boolean left;

        private Ticket() {}

        /** Lets some bytes of its body in. Errors: {@link RefusedException} 503. */
        void add(int size) {
            synchronized (Admission.this) {
                if (left) {
                    return;
                }
                if (bytes > 0 && bytes + size > mostBytes && bytes > held) {
                    throw new RefusedException(
                            503,
                            "requests of " + bytes + " bytes are under way, of at most " + mostBytes
                                    + " (homeostat.gateway.max-bytes); try again in a second");
                }
                held += size;
                bytes += size;
            }
        }

        void leave() {
            synchronized (Admission.this) {
                if (!left) {
                    left = true;
                    requests--;
                    bytes -= held;
                }
            }
        }
    }
}
