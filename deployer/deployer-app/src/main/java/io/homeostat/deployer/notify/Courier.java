package io.homeostat.deployer.notify;

import io.homeostat.deployer.outbound.CallException;
import java.time.Duration;

/**
 * Brings a notification to a channel: five attempts with 1, 2, 4 and 8 s between them. What a receiver refuses (4xx but
 * 408 and 429) is not said again.
 */
final class Courier {
    private static final int ATTEMPTS = 5;
    private static final int TIMEOUT = 408;
    private static final int TOO_MANY = 429;

    private final Pause pause;

    Courier(Pause pause) {
        this.pause = pause;
    }

    /** Waits. */
    interface Pause {
        /** Waits so long; false if the process is ending. */
        boolean of(Duration length);
    }

    /** What came of it. */
    enum Delivery {
        DELIVERED,
        FAILED,
        /** The process is ending: whoever takes over tries again. */
        CUT_OFF
    }

    /**
     * A delivery with its reason.
     *
     * @param why what the last attempt met; empty if it was delivered
     */
    record Report(Delivery delivery, String why) {}

    Report deliver(Channel channel, Notification notification) {
        String why = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            if (attempt > 0 && !pause.of(Duration.ofSeconds(1L << (attempt - 1)))) {
                return new Report(Delivery.CUT_OFF, why);
            }
            try {
                int status = channel.post(notification);
                if (status / 100 == 2) {
                    return new Report(Delivery.DELIVERED, "");
                }
                why = "channel '" + channel.name() + "' answered with status " + status;
                if (status / 100 == 4 && status != TIMEOUT && status != TOO_MANY) {
                    return new Report(Delivery.FAILED, why);
                }
            } catch (CallException e) {
                why = String.valueOf(e.getMessage());
            }
        }
        return new Report(Delivery.FAILED, why + ", " + ATTEMPTS + " times");
    }
}
