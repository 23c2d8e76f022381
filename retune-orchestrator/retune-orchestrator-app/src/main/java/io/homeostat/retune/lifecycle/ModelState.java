package io.homeostat.retune.lifecycle;

import io.homeostat.backbone.event.RetuneEvent;
import io.homeostat.backbone.event.RetuneStatus;
import io.homeostat.backbone.event.Route;
import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.retune.trigger.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All that is kept of a model.
 *
 * @param model the model
 * @param current the re-tune that runs
 * @param seen ids of the last wishes, newest last; at most 50
 * @param champion who serves, by the newest route
 * @param revision that route's revision; 0 before the first
 * @param proposed the highest number of a version so far; the next one is this plus one
 * @param versions configurations of the last versions proposed, oldest first; at most 50
 * @param past how the last re-tunes ended, newest last; at most 20
 * @param lastStudy the study of the last re-tune that searched
 */
public record ModelState(
        String model,
        Retune.@Nullable Running current,
        List<String> seen,
        Route.@Nullable Target champion,
        long revision,
        int proposed,
        List<Version> versions,
        List<RetuneStatus> past,
        @Nullable StudyEvent lastStudy) {
    static final int MOST_SEEN = 50;
    static final int MOST_VERSIONS = 50;
    static final int MOST_PAST = 20;

    private static final Pattern NUMBERED = Pattern.compile("v(\\d{1,9})");

    public ModelState {
        seen = newest(seen, MOST_SEEN);
        versions = newest(versions, MOST_VERSIONS);
        past = newest(past, MOST_PAST);
    }

    /**
     * A version that was proposed.
     *
     * @param name its name
     * @param parameters its configuration
     * @param learnedUntil labels known until then it may have learned from
     */
    public record Version(
            String name,
            Map<String, Object> parameters,
            @Nullable Instant learnedUntil) {
        public Version {
            parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
        }
    }

    /** A model of which nothing is known yet. */
    public static ModelState of(String model) {
        return new ModelState(model, null, List.of(), null, 0, 0, List.of(), List.of(), null);
    }

    Standing standing(String wishId) {
        return new Standing(
                seen.contains(wishId),
                current == null ? null : current.order().retuneId(),
                champion == null ? null : champion.version());
    }

    /** How the serving version was made, if it was proposed here. */
    Optional<Version> championMade() {
        Route.Target serving = champion;
        return serving == null
                ? Optional.empty()
                : versions.stream()
                        .filter(v -> v.name().equals(serving.version()))
                        .findFirst();
    }

    /** The data of the last re-tune that searched, or else of the last one. */
    @Nullable
    Snapshot lastSnapshot() {
        Snapshot last = null;
        boolean searched = false;
        for (RetuneStatus each : past) {
            boolean search = each.trigger() != RetuneEvent.Trigger.SCHEDULE;
            if (each.snapshot() != null && (search || !searched)) {
                last = each.snapshot();
                searched |= search;
            }
        }
        return last;
    }

    String nextVersion() {
        return "v" + (proposed + 1);
    }

    ModelState seen(String id) {
        return new ModelState(model, current, plus(seen, id), champion, revision, proposed, versions, past, lastStudy);
    }

    ModelState at(Retune.Running running) {
        return new ModelState(model, running, seen, champion, revision, proposed, versions, past, lastStudy);
    }

    ModelState after(Ended ended) {
        Version made = ended.proposed();
        return new ModelState(
                model,
                null,
                seen,
                champion,
                revision,
                made == null ? proposed : Math.max(proposed, number(made.name())),
                made == null ? versions : plus(versions, made),
                plus(past, ended.status()),
                ended.study() == null ? lastStudy : ended.study());
    }

    /** The newest route; names that a person gave like ours are not given again. */
    ModelState routed(Route route) {
        Route.Target challenger = route.challenger();
        int named = Math.max(number(route.champion().version()), challenger == null ? 0 : number(challenger.version()));
        return new ModelState(
                model,
                current,
                seen,
                route.champion(),
                route.revision(),
                Math.max(proposed, named),
                versions,
                past,
                lastStudy);
    }

    private static int number(String version) {
        Matcher numbered = NUMBERED.matcher(version);
        return numbered.matches() ? Integer.parseInt(numbered.group(1)) : 0;
    }

    private static <T> List<T> plus(List<T> list, T next) {
        List<T> longer = new ArrayList<>(list);
        longer.add(next);
        return longer;
    }

    private static <T> List<T> newest(List<T> list, int most) {
        return List.copyOf(list.subList(Math.max(0, list.size() - most), list.size()));
    }
}
