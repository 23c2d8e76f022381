package io.homeostat.detector.detect;

import io.homeostat.backbone.event.AlarmEvidence;
import io.homeostat.backbone.event.FeatureShift;
import io.homeostat.drift.statistics.monitor.Signal;
import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.profile.FeatureProfile;
import io.homeostat.drift.statistics.profile.NumericProfile;
import io.homeostat.drift.statistics.profile.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The features that drifted in a window, as distributions beside those of the reference. */
final class Shifts {
    /** The most categories named, those with most rows on either side; the rest is one share. */
    static final int MOST_CATEGORIES = 20;

    private Shifts() {}

    /**
     * The shifts of at most {@value AlarmEvidence#MOST} features: first those that the alarm names, then what else
     * drifted in the window.
     */
    static List<FeatureShift> of(Profile reference, Profile window, List<Signal> named, List<Signal> found) {
        Set<String> features = new LinkedHashSet<>();
        Stream.concat(named.stream(), found.stream()).filter(Signal::drifted).forEach(s -> features.add(s.feature()));
        return features.stream()
                .flatMap(name -> shift(
                        name, reference.features().get(name), window.features().get(name))
                        .stream())
                .limit(AlarmEvidence.MOST)
                .toList();
    }

    private static Optional<FeatureShift> shift(
            String name, @Nullable FeatureProfile reference, @Nullable FeatureProfile window) {
        if (reference instanceof NumericProfile before && window instanceof NumericProfile now) {
            return before.edges().equals(now.edges()) ? Optional.of(numeric(name, before, now)) : Optional.empty();
        }
        if (reference instanceof CategoricalProfile before && window instanceof CategoricalProfile now) {
            return Optional.of(categorical(name, before, now));
        }
        return Optional.empty(); // the errors are no feature
    }

    private static FeatureShift numeric(String name, NumericProfile reference, NumericProfile window) {
        List<Double> edges = Arrays.stream(reference.edges().toArray()).boxed().toList();
        return new FeatureShift(name, edges, null, side(reference, reference.counts()), side(window, window.counts()));
    }

    private static FeatureShift categorical(String name, CategoricalProfile reference, CategoricalProfile window) {
        Set<String> all = new LinkedHashSet<>(reference.counts().keySet());
        all.addAll(window.counts().keySet());
        List<String> most = all.stream()
                .sorted(Comparator.comparingDouble((String c) -> -Math.max(share(reference, c), share(window, c)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST_CATEGORIES)
                .toList();
        return new FeatureShift(
                name, null, most, side(reference, counts(reference, most)), side(window, counts(window, most)));
    }

    private static double share(CategoricalProfile profile, String category) {
        return profile.values() == 0 ? 0 : (double) profile.counts().getOrDefault(category, 0L) / profile.values();
    }

    /* The categories' counts, and last that of all others. */
    private static long[] counts(CategoricalProfile profile, List<String> categories) {
        long[] counts = new long[categories.size() + 1];
        long rest = profile.values();
        for (int i = 0; i < categories.size(); i++) {
            counts[i] = profile.counts().getOrDefault(categories.get(i), 0L);
            rest -= counts[i];
        }
        counts[categories.size()] = rest;
        return counts;
    }

    private static FeatureShift.Side side(FeatureProfile profile, long[] counts) {
        List<Double> shares = new ArrayList<>(counts.length);
        for (long count : counts) {
            shares.add(profile.values() == 0 ? 0 : (double) count / profile.values());
        }
        double nulls = profile.rows() == 0 ? 0 : (double) profile.nulls() / profile.rows();
        return new FeatureShift.Side(profile.rows(), nulls, shares);
    }
}
