package io.homeostat.metastore.recommend;

import io.homeostat.meta.index.Near;
import io.homeostat.meta.method.Opening;
import io.homeostat.meta.similarity.Nearest;
import io.homeostat.meta.similarity.Neighbour;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.meta.transfer.Target;
import io.homeostat.meta.transfer.TaskRecord;
import io.homeostat.metastore.recommend.Answer.Advice;
import io.homeostat.metastore.recommend.Answer.Source;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.space.Configuration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Answers a question with the first trials of a study that transfers by {@code auto}, see {@link Opening}.
 *
 * <p>A study looks at 64 earlier tasks by up to 100 evaluations each, and takes its time. An answer looks at {@value #TASKS} by
 * {@value #EVALUATIONS}, of which half are each task's best; what was found out about a task is kept for the next question about
 * the same space.
 */
final class Recommender {
    static final int TASKS = 16;

    /** Tasks of other models that are looked at, for not all of them lie in the space. */
    static final int OTHERS = 2 * TASKS;

    static final int EVALUATIONS = 24;
    private static final long SEED = 1;
    private static final List<String> PLACES = List.of("the best", "the second best", "the third best");

    private final KnownReadings readings = new KnownReadings();

    /** A configuration that was tried before. */
    private record Found(int task, int rank) {}

    Answer answer(Question question, Target target, Near near) {
        Past past =
                Past.of(target, near.outlines(), near.scale(), TASKS, readings.of(target.space(), near, EVALUATIONS));
        Opening opening = Opening.of(past, question.most(), SEED);
        Map<String, Neighbour> neighbours = neighbours(target, past, near);
        Map<Configuration, Found> found = found(past);
        int passedOver =
                near.passedOver().values().stream().mapToInt(count -> count).sum();
        return new Answer(
                question.model(),
                opening.trials().stream()
                        .map(trial -> advice(trial, past, found.get(trial.configuration())))
                        .toList(),
                IntStream.range(0, past.tasks().size())
                        .mapToObj(i -> source(past, i, opening.weights().get(i), neighbours))
                        .toList(),
                past.ignored(),
                near.passedOver(),
                near.tasks().size() + passedOver);
    }

    private static Map<String, Neighbour> neighbours(Target target, Past past, Near near) {
        Map<String, Map<String, Double>> features = new HashMap<>();
        past.tasks()
                .forEach(task ->
                        features.put(task.record().taskId(), task.record().metaFeatures()));
        Map<String, Neighbour> neighbours = new HashMap<>();
        Nearest.to(target.metaFeatures(), features, near.scale())
                .neighbours()
                .forEach(neighbour -> neighbours.put(neighbour.taskId(), neighbour));
        return neighbours;
    }

    private static Map<Configuration, Found> found(Past past) {
        Map<Configuration, Found> found = new HashMap<>();
        for (int i = 0; i < past.tasks().size(); i++) {
            List<Configuration> best = past.tasks().get(i).configurations();
            for (int rank = 0; rank < best.size(); rank++) {
                Found here = new Found(i, rank);
                found.merge(best.get(rank), here, (one, other) -> one.rank <= other.rank ? one : other);
            }
        }
        return found;
    }

    private static Advice advice(Suggestion trial, Past past, @Nullable Found found) {
        Map<String, Object> values = trial.configuration().values();
        if (Opening.cold(trial) || found == null) {
            String origin = Opening.cold(trial) ? "search" : "past";
            return new Advice(values, origin, null, null, List.of(), trial.reason());
        }
        PastTask task = past.tasks().get(found.task);
        List<String> filled =
                values.keySet().stream().filter(name -> !task.knows(name)).toList();
        return new Advice(
                values,
                "past",
                task.record().taskId(),
                boxed(past.distances().get(found.task)),
                filled,
                trial.reason() + "; " + words(task.record(), found.rank));
    }

    private static String words(TaskRecord task, int rank) {
        String place = rank < PLACES.size() ? PLACES.get(rank) : "number " + (rank + 1);
        return place + " of task " + task.taskId() + " of model " + task.model() + " (" + task.at() + ")";
    }

    private static Source source(Past past, int i, double weight, Map<String, Neighbour> neighbours) {
        PastTask task = past.tasks().get(i);
        TaskRecord record = task.record();
        Neighbour neighbour = neighbours.get(record.taskId());
        return new Source(
                record.taskId(),
                record.model(),
                past.own(task),
                record.at(),
                weight,
                boxed(past.distances().get(i)),
                task.configurations().size(),
                record.bestValue(),
                record.liveOutcome(),
                neighbour == null ? "its data cannot be compared" : neighbour.explanation());
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? (Double) value.getAsDouble() : null;
    }
}
