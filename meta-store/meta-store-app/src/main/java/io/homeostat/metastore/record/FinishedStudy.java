package io.homeostat.metastore.record;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.MetaRecord.Evaluation;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.StudyEvent.TrialSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the lesson of a finished study.
 *
 * <p>Only complete trials with a finite value count: the value of a pruned one is that of a model half fitted. Of those
 * the best {@value MetaRecord#MOST_TRIALS} are kept, best first. The winner is the one that the study names, and where
 * it names none with a finite value, the best trial.
 */
public final class FinishedStudy {
    private static final String COUNTS = "complete";

    private FinishedStudy() {}

    /** What the study teaches; the study has ended. */
    @SuppressWarnings("NullAway") // liveOutcome may be null; the check does not see that of a nested type
    public static Lesson lesson(StudyEvent study) {
        if (study.refit()) {
            return new Lesson.Nothing(
                    study.studyId(),
                    study.model(),
                    end(study),
                    "it only fitted the champion's configuration again",
                    Map.of("study.refit", 1));
        }
        List<Evaluation> evaluated = evaluated(study);
        if (evaluated.isEmpty()) {
            Map<String, Integer> ignored = ignored(study);
            ignored.put("study.noTrials", 1);
            return new Lesson.Nothing(study.studyId(), study.model(), end(study), nothing(study), ignored);
        }
        Evaluation best = best(study, evaluated.get(0));
        MetaRecord record = new MetaRecord(
                study.studyId(),
                study.model(),
                study.trainer(),
                study.metric(),
                study.goal(),
                end(study),
                finite(study.metaFeatures()),
                study.space(),
                best.parameters(),
                best.value(),
                evaluated.subList(0, Math.min(evaluated.size(), MetaRecord.MOST_TRIALS)),
                study.trials().size(),
                study.cpuMillis(),
                null,
                null);
        Map<String, Integer> ignored = ignored(study);
        if (evaluated.size() > MetaRecord.MOST_TRIALS) {
            ignored.put("trial.beyondTheBest", evaluated.size() - MetaRecord.MOST_TRIALS);
        }
        return new Lesson.Learned(record, evaluated.size(), ignored);
    }

    private static Instant end(StudyEvent study) {
        Instant ended = study.endedAt();
        return ended == null ? study.startedAt() : ended;
    }

    private static List<Evaluation> evaluated(StudyEvent study) {
        List<Evaluation> evaluated = new ArrayList<>();
        for (TrialSummary trial : study.trials()) {
            Double value = trial.value();
            if (value != null && COUNTS.equals(kind(trial))) {
                evaluated.add(new Evaluation(trial.parameters(), value, trial.number()));
            }
        }
        Comparator<Evaluation> ascending = Comparator.comparingDouble(Evaluation::value);
        evaluated.sort("maximize".equals(study.goal()) ? ascending.reversed() : ascending);
        return evaluated;
    }

    private static String kind(TrialSummary trial) {
        if (!COUNTS.equals(trial.state())) {
            return String.valueOf(trial.state());
        }
        Double value = trial.value();
        return value != null && Double.isFinite(value) && trial.parameters() != null ? COUNTS : "notFinite";
    }

    /* Trials that do not count: trial.failed, trial.pruned, trial.notFinite, … → how many. */
    private static Map<String, Integer> ignored(StudyEvent study) {
        Map<String, Integer> ignored = new TreeMap<>();
        study.trials().stream()
                .map(FinishedStudy::kind)
                .filter(kind -> !kind.equals(COUNTS))
                .forEach(kind -> ignored.merge("trial." + kind, 1, Integer::sum));
        return ignored;
    }

    private static Evaluation best(StudyEvent study, Evaluation bestTrial) {
        Map<String, Object> parameters = study.bestParameters();
        Double value = study.bestValue();
        return parameters != null && value != null && Double.isFinite(value)
                ? new Evaluation(parameters, value, null)
                : bestTrial;
    }

    private static Map<String, Double> finite(Map<String, Double> metaFeatures) {
        Map<String, Double> finite = new TreeMap<>();
        metaFeatures.forEach((feature, value) -> {
            if (value != null && Double.isFinite(value)) {
                finite.put(feature, value);
            }
        });
        return finite;
    }

    private static String nothing(StudyEvent study) {
        if (study.trials().isEmpty()) {
            return "it ended without a trial";
        }
        Map<String, Integer> states = new LinkedHashMap<>();
        study.trials().forEach(trial -> states.merge(String.valueOf(trial.state()), 1, Integer::sum));
        return "none of its " + study.trials().size() + " trials is complete with a finite value: " + states;
    }
}
