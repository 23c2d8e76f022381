package io.homeostat.meta.transfer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * A record seen from the new space.
 *
 * @param record the record
 * @param best its different configurations in the new space, the winner first, then by value; not empty; at most
 *     {@link WarmStart#FROM_PREVIOUS}
 */
record Usable(TaskRecord record, List<SortedMap<String, Object>> best) {

    /** What of a record can be used, or why nothing can. */
    sealed interface Reading {}

    /** The record can be used. */
    record Taken(Usable usable) implements Reading {}

    /** It cannot. */
    record Refused(String reason) implements Reading {}

    static Reading read(TaskRecord record, Request request) {
        if (!record.trainer().equals(request.trainer())) {
            return new Refused("Its trainer is " + record.trainer() + ", not " + request.trainer() + ".");
        }
        if (record.trials().isEmpty()) {
            return new Refused("It has no trials.");
        }
        if (!Double.isFinite(record.bestValue())) {
            return new Refused("Its best value is " + record.bestValue() + ".");
        }
        List<EvaluatedConfiguration> finite = record.trials().stream()
                .filter(trial -> Double.isFinite(trial.value()))
                .sorted(record.goal().bestFirst())
                .toList();
        if (finite.isEmpty()) {
            return new Refused("None of its trials has a finite value.");
        }
        List<SortedMap<String, Object>> best = best(record.bestParameters(), finite, request.usable());
        return best.isEmpty()
                ? new Refused("It shares no parameter with the new space.")
                : new Taken(new Usable(record, best));
    }

    private static List<SortedMap<String, Object>> best(
            Map<String, Object> winner, List<EvaluatedConfiguration> trials, BiPredicate<String, Object> usable) {
        Set<String> seen = new HashSet<>();
        List<SortedMap<String, Object>> best = new ArrayList<>();
        Stream.concat(Stream.of(winner), trials.stream().map(EvaluatedConfiguration::parameters))
                .map(parameters -> within(parameters, usable))
                .filter(parameters -> !parameters.isEmpty() && seen.add(Fingerprint.of(parameters)))
                .limit(WarmStart.FROM_PREVIOUS)
                .forEach(best::add);
        return best;
    }

    private static SortedMap<String, Object> within(
            Map<String, Object> parameters, BiPredicate<String, Object> usable) {
        SortedMap<String, Object> kept = new TreeMap<>();
        parameters.forEach((name, value) -> {
            if (Fingerprint.isScalar(value) && usable.test(name, value)) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
