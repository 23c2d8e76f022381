package io.homeostat.benchmarks.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** What users got during a round, and when the candidate answered one of them for the last time. */
final class Answers {
    private final String mark;
    private Instant last = Instant.EPOCH;
    private int served;
    private int failed;
    private long slowestNanos;

    /** @param mark what the candidate's answers contain */
    Answers(String mark) {
        this.mark = mark;
    }

    void add(int index, long latencyNanos, int status, ByteBuffer body) {
        slowestNanos = Math.max(slowestNanos, latencyNanos);
        if (status != 200) {
            failed++;
            System.out.println("… " + status + " after " + latencyNanos / 1_000_000 + " ms: "
                    + StandardCharsets.ISO_8859_1.decode(body).toString().replaceAll("\\s+", " "));
        } else if (StandardCharsets.ISO_8859_1.decode(body).toString().contains(mark)) {
            served++;
            last = Instant.now();
        }
    }

    /** When the candidate last answered a user. */
    Instant last() {
        return last;
    }

    int served() {
        return served;
    }

    int failed() {
        return failed;
    }

    double slowestMillis() {
        return slowestNanos / 1e6;
    }
}
