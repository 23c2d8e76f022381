package io.homeostat.backbone.memory;

import io.homeostat.backbone.event.MetaRecord;
import java.util.Optional;

/**
 * A record of which no search can make use.
 *
 * @param taskId its task
 * @param kind in a word: {@code unreadable}, {@code goal}, {@code noTrials}, {@code notFinite}
 * @param reason a sentence that says why
 */
public record Unusable(String taskId, String kind, String reason) {
    private static final String UNREADABLE = "unreadable";

    /** What is to be said against a record, if anything. */
    public static Optional<Unusable> of(MetaRecord record) {
        if (!"maximize".equals(record.goal()) && !"minimize".equals(record.goal())) {
            String reason = "goal: '" + record.goal() + "' is not one of maximize, minimize.";
            return Optional.of(new Unusable(record.taskId(), "goal", reason));
        }
        if (record.trials().stream().noneMatch(RecordedTask::isWhole)) {
            return Optional.of(new Unusable(record.taskId(), "noTrials", "It has no trials."));
        }
        if (!Double.isFinite(record.bestValue())) {
            return Optional.of(
                    new Unusable(record.taskId(), "notFinite", "Its best value is " + record.bestValue() + "."));
        }
        return record.trials().stream().noneMatch(trial -> Double.isFinite(trial.value()))
                ? Optional.of(new Unusable(record.taskId(), "notFinite", "None of its trials has a finite value."))
                : Optional.empty();
    }

    /** One that cannot even be read. */
    public static Unusable unreadable(String taskId, String problem) {
        return new Unusable(taskId, UNREADABLE, "It cannot be read: " + problem);
    }

    /** Whether it cannot even be read. */
    public boolean isUnreadable() {
        return kind.equals(UNREADABLE);
    }
}
