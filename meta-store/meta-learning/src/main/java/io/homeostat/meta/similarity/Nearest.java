package io.homeostat.meta.similarity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Known tasks ranked by how alike they are to one task.
 *
 * @param neighbours the nearest first; equal distances by task id
 * @param incomparable tasks that share no meta-feature with it, by task id
 */
public record Nearest(List<Neighbour> neighbours, List<String> incomparable) {
    private static final int EXPLAINED = 3;

    public Nearest {
        neighbours = List.copyOf(neighbours);
        incomparable = List.copyOf(incomparable);
    }

    /**
     * Ranks all known tasks.
     *
     * @param metaFeatures of the task asked for
     * @param known task id → its meta-features
     * @param scale the distance
     */
    public static Nearest to(
            Map<String, Double> metaFeatures, Map<String, Map<String, Double>> known, ScaledDistance scale) {
        List<Neighbour> neighbours = new ArrayList<>();
        List<String> incomparable = new ArrayList<>();
        new TreeMap<>(known)
                .forEach((taskId, theirs) -> scale.between(metaFeatures, theirs)
                        .ifPresentOrElse(
                                distance -> neighbours.add(neighbour(taskId, distance)),
                                () -> incomparable.add(taskId)));
        neighbours.sort(Comparator.comparingDouble(Neighbour::distance));
        return new Nearest(neighbours, incomparable);
    }

    private static Neighbour neighbour(String taskId, Distance distance) {
        List<Difference> most = distance.differences();
        return new Neighbour(
                taskId, distance.value(), distance.sharedWeight(), most.subList(0, Math.min(EXPLAINED, most.size())));
    }

    /** The nearest one, if any task is comparable. */
    public Optional<Neighbour> first() {
        return neighbours.stream().findFirst();
    }
}
