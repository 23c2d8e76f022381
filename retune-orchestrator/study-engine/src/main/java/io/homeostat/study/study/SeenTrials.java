package io.homeostat.study.study;

import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.FinishedTrial.Outcome;
import io.homeostat.study.trial.RunningTrial;
import java.util.List;

/** Trials as samplers, pruners and analyses see them. */
final class SeenTrials {
    private SeenTrials() {}

    /** One that has yet to end. */
    static RunningTrial running(Trial trial) {
        return new RunningTrial(
                trial.number(),
                trial.configuration(),
                trial.steps(),
                trial.origin().notes());
    }

    /** One that has ended. */
    static FinishedTrial finished(Trial trial) {
        Outcome outcome = switch (trial.state()) {
            case COMPLETE -> Outcome.COMPLETE;
            case PRUNED -> Outcome.PRUNED;
            case FAILED, WAITING, RUNNING -> Outcome.FAILED;
        };
        return FinishedTrial.of(
                trial.number(),
                trial.configuration(),
                outcome,
                doubles(trial.values()),
                doubles(trial.constraints()),
                trial.steps(),
                trial.origin().notes());
    }

    private static double[] doubles(List<Double> list) {
        return list.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
