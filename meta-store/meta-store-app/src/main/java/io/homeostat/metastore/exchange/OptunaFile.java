package io.homeostat.metastore.exchange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.MetaRecord.Evaluation;
import io.homeostat.backbone.event.StudyEvent;
import io.homeostat.backbone.event.StudyEvent.TrialSummary;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.backbone.serde.Json;
import io.homeostat.metastore.record.FinishedStudy;
import io.homeostat.metastore.record.Lesson;
import io.homeostat.study.exchange.OptunaJournal;
import io.homeostat.study.objective.Goal;
import io.homeostat.study.objective.Objective;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import io.homeostat.study.study.Budget;
import io.homeostat.study.study.Cost;
import io.homeostat.study.study.Study;
import io.homeostat.study.study.StudySpec;
import io.homeostat.study.study.StudyState;
import io.homeostat.study.study.Trial;
import io.homeostat.study.study.TrialResult;
import io.homeostat.study.study.TrialState;
import java.io.IOException;
import java.io.Writer;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Optuna's journal: each study in it is a record, of the study's name. What the journal has no place for (model, trainer,
 * meta-features, live outcome) stands in the study's user attribute {@value OptunaNotes#NAME}, or is given for all.
 */
final class OptunaFile {
    private OptunaFile() {}

    static Imported read(String text, Origin origin) {
        Lines records = new Lines(origin.now());
        try {
            Map<String, OptunaNotes> notes = OptunaNotes.of(text);
            OptunaJournal journal = OptunaJournal.of(text.endsWith("\n") ? text : text + "\n");
            for (String name : journal.studies()) {
                OptunaNotes noted = notes.getOrDefault(name, OptunaNotes.NONE);
                try {
                    read(journal.read(name), noted, origin, records);
                } catch (SpaceException e) {
                    records.passOver(name, "its trials show no search space: " + e.getMessage());
                }
            }
        } catch (InvalidValueException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new InvalidValueException("", String.valueOf(e.getMessage()));
        }
        return records.imported();
    }

    private static void read(StudyState study, OptunaNotes notes, Origin origin, Lines records) {
        String name = study.spec().name();
        if (study.spec().objectives().size() > 1) {
            records.passOver(name, "It has several objectives; a record has one.");
            return;
        }
        try {
            Lesson lesson = FinishedStudy.lesson(event(study, notes, origin));
            if (lesson instanceof Lesson.Learned learned) {
                records.add("", notes.added(learned.record()));
            } else if (lesson instanceof Lesson.Nothing nothing) {
                records.passOver(name, nothing.reason());
            }
        } catch (InvalidValueException e) {
            throw e.under("study '" + name + "'");
        }
    }

    private static StudyEvent event(StudyState study, OptunaNotes notes, Origin origin) {
        Objective objective = study.spec().objective();
        List<TrialSummary> trials =
                study.trials().stream().map(OptunaFile::summary).toList();
        Instant ended = study.trials().stream()
                .flatMap(trial -> trial.endedAt().stream())
                .max(Comparator.naturalOrder())
                .orElse(study.startedAt());
        String unnamed = origin.metric();
        return new StudyEvent(
                study.spec().name(),
                study.spec().name(),
                given("model", notes.model(), origin.model()),
                false,
                given("trainer", notes.trainer(), origin.trainer()),
                unnamed != null && objective.metric().equals("value") ? unnamed : objective.metric(),
                objective.goal() == Goal.MAXIMIZE ? "maximize" : "minimize",
                study.spec().space().toMap(),
                true,
                notes.metaFeatures(),
                trials,
                null,
                null,
                List.of(),
                null,
                study.startedAt(),
                notes.at().orElse(ended));
    }

    private static String given(String what, Optional<String> noted, @Nullable String forAll) {
        return noted.orElseGet(() -> Optional.ofNullable(forAll)
                .orElseThrow(() -> new InvalidValueException(
                        what,
                        "is missing; give it as ?" + what + "=, or in the study's user attribute "
                                + OptunaNotes.NAME)));
    }

    /* One that breaks a constraint is good for nothing, however good its value. */
    private static TrialSummary summary(Trial trial) {
        boolean broken = trial.state() == TrialState.COMPLETE && !trial.feasible();
        return new TrialSummary(
                trial.number(),
                broken ? "infeasible" : trial.state().name().toLowerCase(Locale.ROOT),
                "imported",
                trial.configuration().values(),
                trial.value().orElse(null),
                trial.steps().size());
    }

    /** Writes records; those without a space that can be read are left out, as a journal's trials need one. */
    static void write(Iterable<MetaRecord> records, Writer out) throws IOException {
        int study = 0;
        for (MetaRecord record : records) {
            Optional<Space> space = space(record);
            if (space.isEmpty()) {
                continue;
            }
            for (String line : OptunaJournal.write(study(record, space.get())).split("\n", -1)) {
                if (!line.isEmpty()) {
                    out.write(numbered(line, study));
                    out.write('\n');
                }
            }
            out.write(OptunaNotes.line(record, study++));
            out.write('\n');
        }
    }

    /* A journal of one study calls it 0. */
    private static String numbered(String line, int study) throws JsonProcessingException {
        JsonNode operation = Json.mapper().readTree(line);
        if (operation instanceof ObjectNode object && object.has("study_id")) {
            object.put("study_id", study);
        }
        return Json.mapper().writeValueAsString(operation);
    }

    private static Optional<Space> space(MetaRecord record) {
        try {
            return Optional.of(Space.parse(record.space()));
        } catch (SpaceException e) {
            return Optional.empty();
        }
    }

    /* Trials that are no points of the record's space, or have no value, cannot stand in a journal. */
    private static StudyState study(MetaRecord record, Space space) {
        Objective objective = "maximize".equals(record.goal())
                ? Objective.maximize(record.metric())
                : Objective.minimize(record.metric());
        List<Evaluation> points = record.trials().stream()
                .filter(trial -> Double.isFinite(trial.value()) && space.contains(trial.parameters()))
                .toList();
        StudySpec spec =
                StudySpec.of(record.taskId(), space, objective).withBudget(Budget.trials(Math.max(1, points.size())));
        StudyState state = Study.start(spec, List.of(), record.at());
        for (Evaluation trial : points) {
            Configuration configuration = space.validate(trial.parameters());
            TrialResult result = TrialResult.value(trial.value());
            state = Study.add(state, configuration, result, "remembered", Cost.NONE, record.at())
                    .state();
        }
        return state;
    }
}
