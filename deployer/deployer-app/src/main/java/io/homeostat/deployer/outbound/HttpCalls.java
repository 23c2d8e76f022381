package io.homeostat.deployer.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls over HTTP that end: 5 s to connect, 10 s for the answer, 8 MB of it at most; redirects are not followed. */
public final class HttpCalls {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * What came back.
     *
     * @param status the HTTP status
     * @param text the body
     */
    public record Answer(int status, String text) {
        /** Whether it is 2xx. */
        public boolean ok() {
            return status / 100 == 2;
        }
    }

    /**
     * Sends a request. Errors: {@link CallException} if nobody answers.
     *
     * @param who what errors call the other side
     * @param body null for none
     */
    public Answer send(String who, String method, URI uri, Map<String, String> headers, byte @Nullable [] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(ANSWER);
        headers.forEach(request::header);
        request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream content = response.body()) {
                return new Answer(
                        response.statusCode(), new String(content.readNBytes(MOST_BYTES), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new CallException(who + " does not answer: " + e.getClass().getSimpleName());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallException(who + " was not waited for: this process is ending");
        }
    }
}
