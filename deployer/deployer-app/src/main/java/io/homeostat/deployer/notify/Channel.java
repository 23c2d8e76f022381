package io.homeostat.deployer.notify;

import io.homeostat.backbone.serde.Json;
import io.homeostat.deployer.outbound.CallException;
import io.homeostat.deployer.outbound.HttpCalls;
import io.homeostat.deployer.outbound.Settings;
import io.homeostat.deployer.outbound.SignedWebhook;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Where notifications go. Settings, the address being a secret itself: {@code homeostat.notify.NAME.kind}, {@code .url},
 * {@code .secret} of a webhook, {@code .events} to hear of some kinds alone.
 */
sealed interface Channel {
    /** Its name in the settings. */
    String name();

    /** The kinds of events that it hears of. */
    Set<Notification.Event> events();

    /** Posts once; the status that came back. Errors: {@link CallException}. */
    int post(Notification notification);

    /** Channels by the setting {@code homeostat.notify.channels}. Errors: {@link CallException} about a setting. */
    static List<Channel> of(Settings settings, HttpCalls http, Clock clock) {
        return settings.get("homeostat.notify.channels").stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .map(name -> named(name, settings, http, clock))
                .toList();
    }

    private static Channel named(String name, Settings settings, HttpCalls http, Clock clock) {
        String prefix = "homeostat.notify." + name;
        String kind = settings.get(prefix + ".kind").orElse("webhook");
        Set<Notification.Event> events = events(prefix, settings);
        settings.address(prefix + ".url");
        return switch (kind) {
            case "slack" -> new Chat(name, events, prefix, settings, http);
            case "webhook" -> {
                settings.needed(prefix + ".secret");
                yield new Hook(
                        name, events, new SignedWebhook("channel '" + name + "'", prefix, settings, http, clock));
            }
            default ->
                throw new CallException("the deployer's setting " + prefix + ".kind: '" + kind
                        + "' is no kind of channel; there are webhook and slack");
        };
    }

    private static Set<Notification.Event> events(String prefix, Settings settings) {
        return settings.get(prefix + ".events")
                .map(text -> Arrays.stream(text.split(","))
                        .map(String::strip)
                        .map(word -> event(prefix, word))
                        .collect(Collectors.toUnmodifiableSet()))
                .orElseGet(() -> Set.of(Notification.Event.values()));
    }

    private static Notification.Event event(String prefix, String word) {
        return Arrays.stream(Notification.Event.values())
                .filter(event -> event.written().equals(word))
                .findFirst()
                .orElseThrow(() -> new CallException("the deployer's setting " + prefix + ".events: '" + word
                        + "' is no event; there are "
                        + Arrays.stream(Notification.Event.values())
                                .map(Notification.Event::written)
                                .collect(Collectors.joining(", "))));
    }

    /** A chat that understands Slack's incoming webhooks: {@code {"text": "…"}}. */
    record Chat(String name, Set<Notification.Event> events, String prefix, Settings settings, HttpCalls http)
            implements Channel {
        @Override
        public int post(Notification notification) {
            String escaped = notification
                    .text()
                    .replace("&", "&amp;")
                    .replace("<", "&lt;")
                    .replace(">", "&gt;");
            return http.send(
                            "channel '" + name + "'",
                            "POST",
                            settings.address(prefix + ".url"),
                            Map.of("Content-Type", "application/json"),
                            Json.bytes(Map.of("text", escaped)))
                    .status();
        }
    }

    /** A service that takes the whole notification, signed. */
    record Hook(String name, Set<Notification.Event> events, SignedWebhook webhook) implements Channel {
        @Override
        public int post(Notification notification) {
            return webhook.post(notification.id(), Json.bytes(notification));
        }
    }
}
