package io.homeostat.retune.search;

import io.homeostat.backbone.event.Snapshot;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.StudyEvent.TrialSummary;
import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.study.study.Results;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.trial.StepValue;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What others are told of a study. */
public final class StudyReport {
    private static final int ALWAYS_UP_TO = 100;

    private StudyReport() {}

    /** The study as it stands. */
    public static StudyEvent of(
            StudyState study, ModelSpec spec, boolean refit, Snapshot snapshot, List<String> warmStart) {
        Optional<Trial> best = Results.best(study);
        String id = study.spec().name();
        return new StudyEvent(
                id,
                id,
                spec.model(),
                refit,
                spec.retune().trainer().trainerName(),
                study.spec().objective().metric(),
                study.spec().objective().goal().name().toLowerCase(Locale.ROOT),
                study.spec().space().toMap(),
                study.ended(),
                snapshot.metaFeatures(),
                study.trials().stream().map(StudyReport::summary).toList(),
                best.<Map<String, Object>>map(t -> t.configuration().values()).orElse(null),
                best.flatMap(Trial::value).orElse(null),
                warmStart,
                study.cost().cpuMillis(),
                study.startedAt(),
                study.endedAt().orElse(null));
    }

    /** One trial in a line. */
    public static TrialSummary summary(Trial trial) {
        List<StepValue> steps = trial.steps();
        return new TrialSummary(
                trial.number(),
                trial.state().name().toLowerCase(Locale.ROOT),
                trial.origin().reason(),
                trial.configuration().values(),
                trial.value().orElse(null),
                steps.isEmpty() ? 0 : (int) steps.get(steps.size() - 1).step());
    }

    /**
     * Whether the study is told after this many ended trials. Each telling has all trials in it, so that telling a large
     * study after each trial would cost the square of it: up to 100 trials each time, beyond that at every hundredth part.
     */
    public static boolean due(int ended) {
        return ended <= ALWAYS_UP_TO || ended % (ended / ALWAYS_UP_TO + 1) == 0;
    }

    /** Trials that have ended. */
    public static int ended(StudyState study) {
        return study.trials().size() - study.open().size();
    }
}
