package io.homeostat.meta.transfer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Task records and requests for tests. */
final class Records {
    static final Map<String, Double> HERE = Map.of("logRows", 9.0);

    private Records() {}

    /** A task of a day, data and learning rates from best to worst. */
    static TaskRecord task(String id, String model, int day, double logRows, double... rates) {
        return task(id, model, day, logRows, null, rates);
    }

    static TaskRecord task(String id, String model, int day, double logRows, LiveOutcome outcome, double... rates) {
        List<EvaluatedConfiguration> trials = Arrays.stream(rates)
                .mapToObj(rate -> new EvaluatedConfiguration(rate(rate), 1 - Arrays.binarySearch(rates, rate) * .1))
                .toList();
        return record(id, model, "lightgbm", day, Map.of("logRows", logRows), rate(rates[0]), 1, trials, outcome);
    }

    static TaskRecord record(
            String id,
            String model,
            String trainer,
            int day,
            Map<String, Double> metaFeatures,
            Map<String, Object> best,
            double bestValue,
            List<EvaluatedConfiguration> trials,
            LiveOutcome outcome) {
        Instant at = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(day * 86_400L);
        return new TaskRecord(
                id, model, trainer, at, metaFeatures, best, bestValue, Goal.MAXIMIZE, trials, null, outcome, Map.of());
    }

    static Map<String, Object> rate(double rate) {
        return Map.of("learning_rate", rate);
    }

    static Request ask(int n) {
        return Request.forParameters("loans", "lightgbm", HERE, n, Set.of("learning_rate", "num_leaves"));
    }

    static List<Object> rates(Recommendation recommendation) {
        return recommendation.configurations().stream()
                .map(warm -> warm.parameters().get("learning_rate"))
                .toList();
    }
}
