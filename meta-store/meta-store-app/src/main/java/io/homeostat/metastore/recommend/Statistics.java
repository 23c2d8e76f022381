package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.memory.Unusable;
import io.homeostat.meta.index.TaskIndex;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered, in numbers.
 *
 * @param records tasks that a search can learn from
 * @param trials their evaluated configurations
 * @param models how many models have records
 * @param perModel the models with most records, at most {@value #MOST_LISTED}
 * @param spaces how many different search spaces
 * @param perSpace the spaces with most records, at most {@value #MOST_LISTED}
 * @param oldest when the oldest task ended; absent without records
 * @param newest when the newest task ended
 * @param ages how many tasks ended within the last day, week, month (30 days), quarter (90), year (365), and before
 * @param outcomes how rollouts of winners ended; {@code unknown} of those that none is known of
 * @param withoutMetaFeatures records whose data cannot be compared with any other
 * @param ignored records in the topic that no search can use, by kind
 * @param ignoredExamples the first of them, at most {@value #MOST_LISTED}
 * @param leftOut what was not remembered since the start of this process, and why: {@code trial.pruned}, {@code
 *     lesson.duplicate}, {@code study.tooOld}, … → how many
 */
public record Statistics(
        int records,
        long trials,
        int models,
        Map<String, Integer> perModel,
        int spaces,
        List<SpaceUse> perSpace,
        @Nullable Instant oldest,
        @Nullable Instant newest,
        Map<String, Long> ages,
        Map<String, Long> outcomes,
        int withoutMetaFeatures,
        Map<String, Long> ignored,
        List<Unusable> ignoredExamples,
        Map<String, Long> leftOut) {
    private static final int MOST_LISTED = 100;
    private static final Map<String, Duration> AGES = limits();

    /**
     * A search space and how much it is used.
     *
     * @param space in its written form
     * @param records that searched there
     */
    public record SpaceUse(Map<String, Object> space, int records) {}

    private static Map<String, Duration> limits() {
        Map<String, Duration> ages = new LinkedHashMap<>();
        ages.put("day", Duration.ofDays(1));
        ages.put("week", Duration.ofDays(7));
        ages.put("month", Duration.ofDays(30));
        ages.put("quarter", Duration.ofDays(90));
        ages.put("year", Duration.ofDays(365));
        return ages;
    }

    static Statistics of(
            TaskIndex index,
            Map<Optional<RolloutStatus.Phase>, Long> outcomes,
            Collection<Unusable> unusable,
            Map<String, Long> leftOut,
            Instant now) {
        Map<String, Integer> models = index.models();
        List<Map.Entry<Map<String, Object>, Integer>> spaces = index.spaces();
        return new Statistics(
                index.size(),
                index.trials(),
                models.size(),
                most(models),
                spaces.size(),
                spaces.stream()
                        .limit(MOST_LISTED)
                        .map(entry -> new SpaceUse(entry.getKey(), entry.getValue()))
                        .toList(),
                index.times().min(Comparator.naturalOrder()).orElse(null),
                index.times().max(Comparator.naturalOrder()).orElse(null),
                counts(index.times().map(at -> age(Duration.between(at, now))).toList()),
                words(outcomes),
                index.withoutFeatures(),
                counts(unusable.stream().map(Unusable::kind).toList()),
                unusable.stream().limit(MOST_LISTED).toList(),
                leftOut);
    }

    private static Map<String, Integer> most(Map<String, Integer> models) {
        Map<String, Integer> most = new LinkedHashMap<>();
        models.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry::getKey))
                .limit(MOST_LISTED)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }

    private static Map<String, Long> counts(Collection<String> words) {
        return words.stream().collect(Collectors.groupingBy(word -> word, TreeMap::new, Collectors.counting()));
    }

    private static String age(Duration age) {
        return AGES.entrySet().stream()
                .filter(entry -> age.compareTo(entry.getValue()) <= 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("older");
    }

    private static Map<String, Long> words(Map<Optional<RolloutStatus.Phase>, Long> outcomes) {
        Map<String, Long> words = new TreeMap<>();
        outcomes.forEach((phase, count) ->
                words.put(phase.map(p -> p.name().toLowerCase(Locale.ROOT)).orElse("unknown"), count));
        return words;
    }
}
