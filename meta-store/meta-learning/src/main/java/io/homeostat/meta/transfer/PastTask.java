package io.homeostat.meta.transfer;

import io.homeostat.study.sampler.UnitCube;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Projection;
import io.homeostat.study.space.Space;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An earlier task's evaluations as points of the space that is searched now.
 *
 * <p>A parameter that the new space has and the old one did not is at the middle of its scale in all of them, and says
 * nothing: {@link #seen} puts it there in any point. An evaluation with a value that the new space does not allow is left
 * out, for at the border it would have had another value; parameters that are gone are dropped, and those that were renamed
 * are known by their new names, see {@link Renaming}. A winner that failed in production was not as good as it looked: the
 * median of its task stands in for its value.
 */
public final class PastTask {
    private final TaskRecord record;
    private final UnitCube cube;
    private final List<Configuration> configurations;
    private final double[] values;
    private final List<Boolean> shared;
    private final double[] fill; // where its points are in coordinates that it does not know
    private @Nullable Surrogate surrogate;

    private PastTask(
            TaskRecord record,
            UnitCube cube,
            List<Configuration> configurations,
            double[] values,
            List<Boolean> shared) {
        this.record = record;
        this.cube = cube;
        this.configurations = List.copyOf(configurations);
        this.values = values;
        this.shared = shared;
        this.fill = cube.place(configurations.get(0));
    }

    /** What of a record can be used, or why nothing can. */
    public sealed interface Reading {}

    /** The record can be used. */
    public record Taken(PastTask task) implements Reading {}

    /** It cannot. */
    public record Refused(String reason) implements Reading {}

    /** Reads a record. */
    public static Reading read(TaskRecord record, Space space) {
        if (record.trials().isEmpty()) {
            return new Refused("It has no trials.");
        }
        Renaming renaming = Renaming.between(record.space(), space);
        List<EvaluatedConfiguration> finite = record.trials().stream()
                .filter(trial -> Double.isFinite(trial.value()))
                .sorted(record.goal().bestFirst())
                .map(trial -> new EvaluatedConfiguration(renaming.apply(trial.parameters()), trial.value()))
                .toList();
        if (finite.isEmpty()) {
            return new Refused("None of its trials has a finite value.");
        }
        List<String> names = space.names().stream()
                .filter(name ->
                        finite.stream().anyMatch(trial -> trial.parameters().containsKey(name)))
                .toList();
        if (names.isEmpty()) {
            return new Refused("It shares no parameter with the new space.");
        }
        Map<Configuration, Double> best = new LinkedHashMap<>();
        for (EvaluatedConfiguration trial : finite) {
            Projection projection = space.project(scalars(trial.parameters()));
            boolean inside = trial.parameters().keySet().stream()
                    .filter(name -> space.parameters().containsKey(name))
                    .allMatch(name -> projection.kept().contains(name));
            if (inside && !projection.kept().isEmpty()) {
                best.putIfAbsent(projection.configuration(), trial.value());
            }
        }
        return best.isEmpty()
                ? new Refused("None of its trials lies in the new space.")
                : new Taken(task(record, space, corrected(record, space, renaming, best), names));
    }

    /* In order, the best first. */
    private static Map<Configuration, Double> corrected(
            TaskRecord record, Space space, Renaming renaming, Map<Configuration, Double> best) {
        Configuration winner =
                space.project(scalars(renaming.apply(record.bestParameters()))).configuration();
        if (!record.wentBadly() || !best.containsKey(winner)) {
            return best;
        }
        List<Map.Entry<Configuration, Double>> others = new ArrayList<>(best.entrySet());
        double median = others.get(others.size() / 2).getValue();
        others.removeIf(entry -> entry.getKey().equals(winner));
        others.add(best.size() / 2, Map.entry(winner, median));
        Map<Configuration, Double> corrected = new LinkedHashMap<>();
        others.forEach(entry -> corrected.put(entry.getKey(), entry.getValue()));
        return corrected;
    }

    private static Map<String, Object> scalars(Map<String, Object> parameters) {
        Map<String, Object> scalars = new LinkedHashMap<>();
        parameters.forEach((name, value) -> {
            if (isScalar(value)) {
                scalars.put(name, value);
            }
        });
        return scalars;
    }

    /* A finite number, a text or a boolean. */
    private static boolean isScalar(@Nullable Object value) {
        return value instanceof Number number
                ? Double.isFinite(number.doubleValue())
                : value instanceof String || value instanceof Boolean;
    }

    private static PastTask task(
            TaskRecord record, Space space, Map<Configuration, Double> best, List<String> sharedNames) {
        UnitCube cube = new UnitCube(space);
        List<Boolean> shared = new ArrayList<>();
        List<String> names = cube.names();
        names.forEach(name -> shared.add(sharedNames.contains(name)));
        double sign = record.goal() == Goal.MINIMIZE ? 1 : -1;
        double[] values =
                best.values().stream().mapToDouble(value -> sign * value).toArray();
        return new PastTask(
                record.with(record.bestParameters(), List.of()), cube, List.copyOf(best.keySet()), values, shared);
    }

    /** The record it was read from, without its trials: those of use are {@link #configurations} here. */
    public TaskRecord record() {
        return record;
    }

    /** Its different configurations in the new space, the best first; not empty. */
    public List<Configuration> configurations() {
        return configurations;
    }

    /** Their values, less being better, finite. */
    public double[] values() {
        return values.clone();
    }

    /** Whether it says something of every parameter. */
    public boolean complete() {
        return !shared.contains(false);
    }

    /** Whether it says something of a parameter. */
    public boolean knows(String parameter) {
        int j = cube.names().indexOf(parameter);
        return j < 0 || shared.get(j);
    }

    /** A place of the unit cube as far as this task knows of its parameters. */
    public double[] seen(double[] place) {
        if (complete()) {
            return place;
        }
        double[] seen = place.clone();
        for (int j = 0; j < seen.length; j++) {
            seen[j] = shared.get(j) ? seen[j] : fill[j];
        }
        return seen;
    }

    /** A model of its values; made when first asked for. */
    public synchronized Surrogate surrogate() {
        Surrogate known = surrogate;
        if (known == null) {
            known = new Surrogate(this, cube);
            surrogate = known;
        }
        return known;
    }
}
