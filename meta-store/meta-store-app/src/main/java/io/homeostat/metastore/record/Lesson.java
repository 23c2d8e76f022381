package io.homeostat.metastore.record;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.Map;

/** What one event teaches about one task. The lessons of a task may come in any order, and more than once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Lesson.Learned.class, name = "learned"),
    @JsonSubTypes.Type(value = Lesson.Nothing.class, name = "nothing"),
    @JsonSubTypes.Type(value = Lesson.Outcome.class, name = "outcome")
})
public sealed interface Lesson {
    /** The task: the study's id. */
    String taskId();

    /** The model. */
    String model();

    /** When it was learned. */
    Instant at();

    /** What of the event was left out, and why: {@code trial.pruned} and the like → how many. */
    Map<String, Integer> ignored();

    /**
     * A study ended and found something.
     *
     * @param record what it found, without an outcome in production
     * @param evaluated trials with a value, of which the record holds the best
     */
    record Learned(MetaRecord record, int evaluated, Map<String, Integer> ignored) implements Lesson {
        public Learned {
            Check.present("record", record);
            ignored = ignored == null ? Map.of() : Map.copyOf(ignored);
        }

        @Override
        public String taskId() {
            return record.taskId();
        }

        @Override
        public String model() {
            return record.model();
        }

        @Override
        public Instant at() {
            return record.at();
        }
    }

    /**
     * A study ended and found nothing that could be remembered.
     *
     * @param reason why, in a sentence
     */
    record Nothing(String taskId, String model, Instant at, String reason, Map<String, Integer> ignored)
            implements Lesson {
        public Nothing {
            ignored = ignored == null ? Map.of() : Map.copyOf(ignored);
            Check.text("taskId", taskId);
            Check.name("model", model);
            Check.present("at", at);
            Check.text("reason", reason);
        }
    }

    /**
     * The rollout of a study's winner ended.
     *
     * @param result how
     * @param reason why, in a sentence
     */
    record Outcome(String taskId, String model, LiveResult result, String reason) implements Lesson {
        public Outcome {
            Check.text("taskId", taskId);
            Check.name("model", model);
            Check.present("result", result);
            Check.text("reason", reason);
        }

        @Override
        public Instant at() {
            return result.at();
        }

        @Override
        public Map<String, Integer> ignored() {
            return Map.of();
        }
    }
}
