package io.homeostat.metastore.curate;

import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.Check;
import io.homeostat.metastore.curate.Task.Standing;
import io.homeostat.metastore.record.Lesson;
import io.homeostat.metastore.record.LiveResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of a lesson is kept.
 *
 * <p><b>Idea.</b> A task has one record. Its study and its outcome in production come from different processes, so either
 * may be heard first, and after a crash anything may be heard twice: what is known already changes nothing, an outcome is
 * kept until its study ends, and a later outcome takes the place of an earlier one. A model keeps its newest records, so that
 * a busy one does not drown the rest, and none that is too old, for data moves on.
 *
 * <p><b>Example.</b> With at most 2 records, a model has those of Monday and Tuesday. Wednesday's study ends: Wednesday's
 * is written, Monday's forgotten. Hearing of Monday's again changes nothing.
 */
public final class Curator {
    private static final int MOST_ALLOWED = 2_000;
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private final int mostPerModel;
    private final Duration keep;

    /**
     * @param mostPerModel records kept of a model, the newest; 1 to 2,000, by default 200
     * @param keep how long a record is kept after its study's end; 1 to 36,500 days, by default 730
     */
    public Curator(int mostPerModel, Duration keep) {
        Check.range("homeostat.memory.most-per-model", mostPerModel, 1, MOST_ALLOWED);
        Check.that(
                keep.compareTo(Duration.ofDays(1)) >= 0,
                "homeostat.memory.keep",
                keep + " is less than a day; write for example 730d");
        Check.that(
                keep.compareTo(LONGEST) <= 0,
                "homeostat.memory.keep",
                keep + " is longer than " + LONGEST.toDays() + "d");
        this.mostPerModel = mostPerModel;
        this.keep = keep;
    }

    /**
     * Hears a lesson.
     *
     * @param memory the model's memory
     * @param lesson a lesson of that model
     * @param now the time
     * @param records task → its record as last written
     */
    public Curation hear(
            ModelMemory memory, Lesson lesson, Instant now, Function<String, Optional<MetaRecord>> records) {
        if (lesson instanceof Lesson.Learned learned) {
            boolean known =
                    memory.find(learned.taskId()).filter(Task::isRemembered).isPresent();
            return known || !tooOld(learned.at(), now) ? learned(memory, learned, records) : late(memory, learned);
        }
        if (lesson instanceof Lesson.Outcome outcome) {
            return outcome(memory, outcome, records);
        }
        return nothing(memory, (Lesson.Nothing) lesson);
    }

    private boolean tooOld(Instant at, Instant now) {
        return at.isBefore(now.minus(keep));
    }

    /** A study that comes when its record would be forgotten already. */
    private Curation late(ModelMemory memory, Lesson.Learned lesson) {
        Optional<Task> known = memory.find(lesson.taskId());
        if (known.filter(task -> task.standing() == Standing.FORGOTTEN).isPresent()) {
            return Curation.duplicate(memory);
        }
        LiveResult result = known.map(Task::result).orElse(null);
        ModelMemory next = memory.with(new Task(lesson.taskId(), lesson.at(), Standing.FORGOTTEN, result));
        return new Curation(next, List.of(), List.of(), List.of(Note.late(lesson, keep)), Map.of("study.tooOld", 1));
    }

    /**
     * Forgets what is too old.
     *
     * @param model whose memory it is
     * @param now the time
     */
    public Curation forgetOld(ModelMemory memory, String model, Instant now) {
        ModelMemory next = memory;
        List<String> forgotten = new ArrayList<>();
        List<LedgerEntry> ledger = new ArrayList<>();
        for (Task task : memory.tasks()) {
            if (task.isRemembered() && tooOld(task.at(), now)) {
                next = next.with(task.in(Standing.FORGOTTEN));
                forgotten.add(task.taskId());
                ledger.add(Note.outdated(task, model, now, keep));
            }
        }
        return new Curation(next, List.of(), forgotten, ledger, Map.of());
    }

    private Curation learned(
            ModelMemory memory, Lesson.Learned lesson, Function<String, Optional<MetaRecord>> records) {
        String id = lesson.taskId();
        Task known = memory.find(id).orElse(new Task(id, lesson.at(), Standing.AWAITED, null));
        MetaRecord record = with(lesson.record(), known.result());
        boolean same =
                known.isRemembered() && records.apply(id).filter(record::equals).isPresent();
        if (same || known.standing() == Standing.FORGOTTEN) {
            return Curation.duplicate(memory);
        }
        ModelMemory next = memory.with(new Task(id, record.at(), Standing.REMEMBERED, known.result()));
        List<LedgerEntry> ledger = new ArrayList<>();
        List<String> forgotten = new ArrayList<>();
        ledger.add(Note.remembered(lesson, known.result(), known.isRemembered()));
        for (Task old : next.above(mostPerModel)) {
            next = next.with(old.in(Standing.FORGOTTEN));
            forgotten.add(old.taskId());
            ledger.add(Note.forgotten(old, lesson.model(), lesson.at(), mostPerModel));
        }
        return new Curation(
                next, forgotten.contains(id) ? List.of() : List.of(record), forgotten, ledger, lesson.ignored());
    }

    private static Curation nothing(ModelMemory memory, Lesson.Nothing lesson) {
        Optional<Task> known = memory.find(lesson.taskId());
        if (known.filter(task -> task.standing() != Standing.AWAITED).isPresent()) {
            return Curation.duplicate(memory);
        }
        LiveResult result = known.map(Task::result).orElse(null);
        ModelMemory next = memory.with(new Task(lesson.taskId(), lesson.at(), Standing.EMPTY, result));
        return new Curation(next, List.of(), List.of(), List.of(Note.nothing(lesson)), lesson.ignored());
    }

    private static Curation outcome(
            ModelMemory memory, Lesson.Outcome lesson, Function<String, Optional<MetaRecord>> records) {
        String id = lesson.taskId();
        Task known = memory.find(id).orElse(new Task(id, lesson.at(), Standing.AWAITED, null));
        if (!isNews(lesson.result(), known.result())) {
            return Curation.duplicate(memory);
        }
        ModelMemory next = memory.with(new Task(id, known.at(), known.standing(), lesson.result()));
        List<MetaRecord> written = known.isRemembered()
                ? records.apply(id).map(record -> with(record, lesson.result())).stream()
                        .toList()
                : List.of();
        return new Curation(next, written, List.of(), List.of(Note.outcome(lesson, known.isRemembered())), Map.of());
    }

    private static boolean isNews(LiveResult heard, @Nullable LiveResult known) {
        return known == null
                || (heard.at().isAfter(known.at())
                        && !(heard.outcome() == known.outcome() && Objects.equals(heard.gain(), known.gain())));
    }

    private static MetaRecord with(MetaRecord record, @Nullable LiveResult result) {
        return result == null ? record.withLive(null, null) : record.withLive(result.gain(), result.outcome());
    }
}
