package io.homeostat.retune.search;

import io.homeostat.backbone.event.WorkerTask.Stage;
import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.sampler.PbtSampler;
import io.homeostat.study.sampler.PromotingSampler;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a trial stands in a training that several trials share: by its sampler's notes it goes on from another trial, which
 * may go on from a third.
 *
 * @param before what comes before it, from the first iteration on; neighbours with the same configuration are one
 * @param untilStep iterations in all after which it ends; null if it goes to its end
 */
record Lineage(List<Stage> before, @Nullable Integer untilStep) {
    static Lineage of(StudyState study, Trial trial) {
        List<Stage> before = new ArrayList<>();
        Map<String, Object> next = trial.configuration().values();
        Trial at = trial;
        int end = Integer.MAX_VALUE;
        while (true) {
            int from = step(at, Rungs.FROM_STEP);
            Optional<Trial> parent = parent(study, at);
            if (parent.isEmpty() || from < 1) {
                break;
            }
            Map<String, Object> parameters = parent.get().configuration().values();
            boolean same = parameters.equals(next);
            if (from < end && !same) {
                before.add(0, new Stage(from, parameters));
            }
            end = Math.min(end, from);
            next = same ? next : parameters;
            at = parent.get();
        }
        int until = step(trial, PbtSampler.UNTIL_STEP);
        return new Lineage(before, until < 1 ? null : until);
    }

    private static Optional<Trial> parent(StudyState study, Trial trial) {
        int number = step(trial, PromotingSampler.RESUMES);
        return number < trial.number() ? study.trial(number) : Optional.empty();
    }

    /** A note that is a whole number; -1 if it is none. */
    private static int step(Trial trial, String note) {
        String text = trial.origin().notes().getOrDefault(note, "");
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
