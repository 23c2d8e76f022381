package io.homeostat.study.study;

import io.homeostat.study.objective.Objective;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How a trial ends whose result was told. */
final class TrialEnd {
    private TrialEnd() {}

    /** What came of it, in words. */
    static String outcome(Trial ended) {
        if (ended.values().size() > 1) {
            return "values " + ended.values();
        }
        return ended.value().map(value -> "value " + value).or(ended::failure).orElse("");
    }

    /** The trial as it has ended: failed where the result does not fit the study. */
    static Trial of(StudySpec spec, Trial trial, TrialResult result, Cost cost, Instant now) {
        if (result instanceof TrialResult.Failed failed) {
            return trial.failed(failed.reason(), cost, now);
        }
        TrialResult.Value value = (TrialResult.Value) result;
        return problem(spec, value)
                .map(problem -> trial.failed(problem, cost, now))
                .orElseGet(() -> trial.complete(value.values(), value.constraints(), cost, now));
    }

    private static Optional<String> problem(StudySpec spec, TrialResult.Value result) {
        int objectives = spec.objectives().size();
        if (result.values().size() != objectives) {
            List<String> names =
                    spec.objectives().stream().map(Objective::metric).toList();
            return Optional.of(result.values().size() + " values for the " + objectives + " objectives " + names);
        }
        if (result.constraints().size() != spec.constraints().size()) {
            return Optional.of(result.constraints().size() + " constraint values for the "
                    + spec.constraints().size() + " constraints " + spec.constraints());
        }
        return Stream.concat(result.values().stream(), result.constraints().stream())
                .filter(value -> !Double.isFinite(value))
                .findFirst()
                .map(value -> "value " + value + " is not a finite number");
    }
}
