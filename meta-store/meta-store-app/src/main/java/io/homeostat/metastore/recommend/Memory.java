package io.homeostat.metastore.recommend;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.memory.RecordIndex;
import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/** Every remembered task, and what can be asked of them, for any number of threads. */
public final class Memory {
    private static final Logger LOG = Logger.getLogger(Memory.class);
    private static final int REHEARSALS = 12;

    private final RecordIndex records = new RecordIndex();
    private final Recommender recommender = new Recommender();

    /** Learns of a record; it takes the place of an earlier one of its task. */
    public void put(MetaRecord record) {
        put(new RecordIndex.Entry(record));
    }

    /** Takes a message of the records' topic in. */
    public void put(RecordIndex.Entry entry) {
        records.put(entry);
    }

    /** To be called now and then after changes, when nobody waits for it; see {@link RecordIndex#settle}. */
    public void settle() {
        records.settle();
    }

    /**
     * Answers a few questions that may come, those of the newest tasks, so that who asks first does not wait for the compiler; some
     * tenths of a second.
     */
    public void rehearse() {
        for (MetaRecord record : records.newest(model -> true, 0, REHEARSALS)) {
            try {
                answer(new Question(record.model(), record.trainer(), record.metaFeatures(), record.space(), null));
            } catch (RuntimeException e) { // a record of others may have no space; no question is owed an answer yet
                LOG.debugf(e, "Nobody can ask like task %s did: %s", record.taskId(), e.getMessage());
            }
        }
    }

    /** How many tasks are remembered. */
    public int size() {
        return records.size();
    }

    /** How many records no search can use. */
    public int unusable() {
        return records.unusables();
    }

    /** The record of a task. */
    public Optional<MetaRecord> find(String taskId) {
        return records.find(taskId);
    }

    /**
     * Records by age.
     *
     * @param model whose, by name
     * @param skip how many of the newest to pass over, 0 and up
     * @param most how many at most
     */
    public List<MetaRecord> newest(Predicate<String> model, long skip, int most) {
        return records.newest(model, skip, most);
    }

    /** The same for any number of records; see {@link RecordIndex#all}. */
    public Iterable<MetaRecord> all(Predicate<String> model, long skip, long most) {
        return records.all(model, skip, most);
    }

    /** How many tasks models have, by name. */
    public int count(Predicate<String> model) {
        return records.look(tasks -> tasks.models().entrySet().stream()
                .filter(entry -> model.test(entry.getKey()))
                .mapToInt(Map.Entry::getValue)
                .sum());
    }

    /**
     * What to try first.
     *
     * @throws io.homeostat.study.space.SpaceException if the question's space is none
     */
    public Answer answer(Question question) {
        Target target = question.target();
        return recommender.answer(question, target, records.near(target, Recommender.TASKS, Recommender.OTHERS));
    }

    /** The tasks whose data is nearest. */
    public Nearby nearby(Nearby.Question question) {
        record Seen(List<TaskRecord> tasks, ScaledDistance scale, int all) {}
        Seen seen = records.look(tasks -> new Seen(
                tasks.nearest(question.features(), question.most(), question::asksFor), tasks.scale(), tasks.size()));
        return Nearby.of(question, seen.tasks, seen.scale, seen.all);
    }

    /**
     * What is remembered, in numbers.
     *
     * @param leftOut what was not remembered, and why → how many
     */
    public Statistics statistics(Map<String, Long> leftOut, Instant now) {
        return records.look(tasks -> Statistics.of(tasks, records.outcomes(), records.unusable(), leftOut, now));
    }
}
