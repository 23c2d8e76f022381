package io.homeostat.deployer.outbound;

import java.net.URI;
import java.time.Clock;
import java.util.Map;

/**
 * Requests that a receiver can trust: {@code Homeostat-Timestamp} and {@code Homeostat-Signature} ({@link Signature}) say
 * who sent them and when, {@code Idempotency-Key} is the same whenever the same is said again. Address and secret are the
 * settings {@code PREFIX.url} and {@code PREFIX.secret}, read at every call.
 */
public final class SignedWebhook {
    private final String who;
    private final String prefix;
    private final Settings settings;
    private final HttpCalls http;
    private final Clock clock;

    /**
     * A receiver.
     *
     * @param who what errors call it
     * @param prefix of its settings
     */
    public SignedWebhook(String who, String prefix, Settings settings, HttpCalls http, Clock clock) {
        this.who = who;
        this.prefix = prefix;
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /** Posts JSON; the status that came back. Errors: {@link CallException}. */
    public int post(String idempotencyKey, byte[] json) {
        URI url = settings.address(prefix + ".url");
        String secret = settings.needed(prefix + ".secret");
        long second = clock.instant().getEpochSecond();
        return http.send(
                        who,
                        "POST",
                        url,
                        Map.of(
                                "Content-Type",
                                "application/json",
                                "Idempotency-Key",
                                idempotencyKey,
                                "Homeostat-Timestamp",
                                Long.toString(second),
                                "Homeostat-Signature",
                                Signature.of(secret, second, json)),
                        json)
                .status();
    }
}
