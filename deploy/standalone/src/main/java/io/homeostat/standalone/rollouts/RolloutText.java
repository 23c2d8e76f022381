package io.homeostat.standalone.rollouts;

import com.fasterxml.jackson.databind.JsonNode;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.TargetStatus;
import io.homeostat.backbone.serde.Json;
import io.homeostat.standalone.loop.Say;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rollouts as a person reads them. */
final class RolloutText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Instant now;

    /** @param now what lengths of time are told from */
    RolloutText(Instant now) {
        this.now = now;
    }

    /** Every model in two lines. */
    List<String> all(JsonNode rollouts) {
        List<String> lines = new ArrayList<>();
        for (JsonNode node : rollouts) {
            RolloutStatus status = read(node, RolloutStatus.class);
            lines.add(status.model() + ": " + where(status));
            lines.add("    " + because(status));
        }
        return lines.isEmpty() ? List.of("No rollout has been heard of yet.") : lines;
    }

    /** One model with all that belongs to its newest rollout. */
    List<String> one(JsonNode view) {
        RolloutStatus status = read(view.get("rollout"), RolloutStatus.class);
        List<String> lines = new ArrayList<>(List.of(status.model() + ": " + where(status)));
        lines.add(item("evidence", evidence(status)));
        lines.add(item("requests", requests(status)));
        lines.add(item("decided", status.reason()));
        if (view.has("route")) {
            lines.add(item("route", route(read(view.get("route"), Route.class))));
        }
        for (JsonNode target : view.path("targets")) {
            lines.add(item("target", target(read(target, TargetStatus.class))));
        }
        lines.add("Decisions, the newest first:");
        for (JsonNode line : view.path("decisions")) {
            LedgerEntry decision = read(line, LedgerEntry.class);
            lines.add("  " + TIME.format(decision.at()) + "  "
                    + String.format(Locale.ROOT, "%-14s  ", decision.action()) + decision.reason());
        }
        return lines;
    }

    private static String item(String name, String text) {
        return String.format(Locale.ROOT, "  %-9s  ", name) + text;
    }

    private String where(RolloutStatus s) {
        String champion = s.championVersion();
        if (champion == null) {
            return s.candidateVersion() + " is the first champion, since " + ago(s.startedAt());
        }
        return switch (s.phase()) {
            case SHADOW -> s.candidateVersion() + " shadows " + champion + ", for " + ago(s.startedAt());
            case CANARY ->
                s.candidateVersion() + " answers " + percent(s.weightPercent()) + " beside " + champion + ", step "
                        + (s.step() + 1) + ", begun " + ago(s.startedAt()) + " ago";
            case HELD ->
                s.candidateVersion() + " is held at " + percent(s.weightPercent()) + " beside " + champion + ", begun "
                        + ago(s.startedAt()) + " ago";
            case WATCHING -> s.candidateVersion() + " is promoted and watched; " + champion + " stays warm";
            case PROMOTED -> s.candidateVersion() + " took over from " + champion + ", " + ago(s.updatedAt()) + " ago";
            case ROLLED_BACK ->
                s.candidateVersion() + " was taken back, " + champion + " serves, since " + ago(s.updatedAt());
            case REFUSED -> s.candidateVersion() + " was refused, " + champion + " serves";
        };
    }

    private static String because(RolloutStatus s) {
        boolean decided = s.phase().isEnd() || s.phase() == RolloutStatus.Phase.HELD;
        return decided ? s.reason() : evidence(s);
    }

    private static String evidence(RolloutStatus s) {
        String verdict = s.verdict();
        String sentence = s.evidence();
        return verdict == null || sentence == null ? "none is told" : verdict.replace('_', ' ') + ": " + sentence;
    }

    private static String requests(RolloutStatus s) {
        return Say.count(s.requests()) + " seen, " + Say.count(s.candidateServed()) + " of them answered by "
                + s.candidateVersion() + "; " + Say.count(s.pairedLabels()) + " labels judged";
    }

    private static String route(Route route) {
        Route.Target challenger = route.challenger();
        String other = challenger == null
                ? ""
                : ", " + challenger.version()
                        + (route.challengerPercent() > 0
                                ? " answers " + percent(route.challengerPercent())
                                : " in its shadow");
        return "revision " + route.revision() + ": " + route.champion().version() + " serves" + other;
    }

    private static String target(TargetStatus status) {
        String state = switch (status.phase()) {
            case APPLIED -> "serves by revision " + status.revision();
            case WAITING -> "waits with revision " + status.revision();
            case FAILING -> "fails with revision " + status.revision();
            case SUPERSEDED -> "is ahead of revision " + status.revision();
        };
        return status.target() + " " + state + ": " + status.reason();
    }

    private static String percent(double percent) {
        return percent == Math.rint(percent) ? (long) percent + " %" : String.format(Locale.ROOT, "%.2f %%", percent);
    }

    private String ago(Instant since) {
        Duration length = Duration.between(since, now);
        long minutes = Math.max(0, length.toMinutes());
        if (minutes < 1) {
            return Math.max(0, length.toSeconds()) + " s";
        }
        if (minutes < 60) {
            return minutes + " m";
        }
        return minutes < 48 * 60 ? minutes / 60 + " h " + minutes % 60 + " m" : minutes / (24 * 60) + " days";
    }

    private static <T> T read(JsonNode node, Class<T> type) {
        return Json.read(Json.bytes(node), type);
    }
}
