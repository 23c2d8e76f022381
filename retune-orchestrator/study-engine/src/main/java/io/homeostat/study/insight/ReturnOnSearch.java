package io.homeostat.study.insight;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import java.time.Duration;

/**
 * What a search returned for what it took: gain × value ÷ hours.
 *
 * @param gain by how much the best trial is better than the baseline, in the first objective's unit; at least 0
 * @param hours of processors and graphics processors, of all trials
 * @param perHour gain × value ÷ hours; infinite if something was gained in no time that was counted, 0 if nothing was
 */
public record ReturnOnSearch(double gain, double hours, double perHour) {
    private static final double MILLIS_PER_HOUR = Duration.ofHours(1).toMillis();

    /**
     * The return of a study.
     *
     * @param baseline what there was before, such as the champion's own value
     * @param value what a gain of 1 is worth, in any unit such as EUR; at least 0
     */
    public static ReturnOnSearch of(StudyState state, double baseline, double value) {
        if (!Double.isFinite(baseline) || !(value >= 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException(
                    "return: baseline " + baseline + " or value " + value + " is not finite, or value is below 0.");
        }
        Goal goal = state.spec().objective().goal();
        double gain = Results.best(state)
                .flatMap(Trial::value)
                .map(best -> Math.max(0, goal.minimized(baseline) - goal.minimized(best)))
                .orElse(0.0);
        double hours = (state.cost().cpuMillis() + state.cost().gpuMillis()) / MILLIS_PER_HOUR;
        return new ReturnOnSearch(gain, hours, gain == 0 ? 0 : gain * value / hours);
    }
}
