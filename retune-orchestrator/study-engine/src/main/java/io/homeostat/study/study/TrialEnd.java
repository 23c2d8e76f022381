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
        return problem(spec, value.values(), value.constraints())
                .map(problem -> trial.failed(problem, cost, now))
                .orElseGet(() -> trial.complete(value.values(), value.constraints(), cost, now));
    }

    /** Why values and constraint values do not fit the study; empty if they do. */
    static Optional<String> problem(StudySpec spec, List<Double> values, List<Double> constraints) {
        int objectives = spec.objectives().size();
        if (values.size() != objectives) {
            List<String> names =
                    spec.objectives().stream().map(Objective::metric).toList();
            return Optional.of(values.size() + " values for the " + objectives + " objectives " + names);
        }
        if (constraints.size() != spec.constraints().size()) {
            return Optional.of(constraints.size() + " constraint values for the "
                    + spec.constraints().size() + " constraints " + spec.constraints());
        }
        return Stream.concat(values.stream(), constraints.stream())
                .filter(value -> !Double.isFinite(value))
                .findFirst()
                .map(value -> "value " + value + " is not a finite number");
    }
}
