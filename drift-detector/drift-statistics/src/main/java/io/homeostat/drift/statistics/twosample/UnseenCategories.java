package io.homeostat.drift.statistics.twosample;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Categories that one profile has and the other has not.
 *
 * @param rows how many rows they have
 * @param names which they are, in order
 */
record UnseenCategories(long rows, List<String> names) {
    /** Those of the window that the reference has not. */
    static UnseenCategories of(CategoricalProfile reference, CategoricalProfile window) {
        Map<String, Long> known = reference.counts();
        List<String> names = window.counts().entrySet().stream()
                .filter(entry -> entry.getValue() > 0 && known.getOrDefault(entry.getKey(), 0L) == 0)
                .map(Map.Entry::getKey)
                .toList();
        long rows = names.stream().mapToLong(name -> window.counts().get(name)).sum();
        return new UnseenCategories(rows, names);
    }

    String text() {
        return names.isEmpty()
                ? ""
                : String.format(Locale.ROOT, ", %d rows of %d new ones such as '%s'", rows, names.size(), names.get(0));
    }
}
