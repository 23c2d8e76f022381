package io.homeostat.study.sampler;

import io.homeostat.study.pareto.Crowding;
import io.homeostat.study.pareto.NonDominated;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The trials that may be parents in a genetic search: the best there are. */
final class Population {
    private final int[] members; // places in the history
    private final int[]
            ranks; // of the members: which front they are in; infeasible ones come one by one after all fronts
    private final double[] distances; // of the members, in their front

    private Population(History history, int[] members) {
        this.members = members;
        ranks = new int[members.length];
        distances = new double[members.length];
        int feasible = (int) Arrays.stream(members)
                .filter(member -> history.get(member).feasible())
                .count();
        for (int i = feasible; i < members.length; i++) {
            ranks[i] = i;
        }
        double[][] points = Fronts.minimized(history, Arrays.copyOf(members, feasible)); // these come first
        List<int[]> fronts = NonDominated.fronts(points);
        for (int rank = 0; rank < fronts.size(); rank++) {
            int[] front = fronts.get(rank);
            double[] lonely = Crowding.distances(
                    Arrays.stream(front).mapToObj(i -> points[i]).toArray(double[][]::new));
            for (int k = 0; k < front.length; k++) {
                ranks[front[k]] = rank;
                distances[front[k]] = lonely[k];
            }
        }
    }

    /**
     * Finds it out: O(objectives · n²) for n trials in question.
     *
     * @param size at most so many
     * @param last which ones of the front that does not fit in
     */
    record Of(int size, LastFront last) implements Derivation<Population> {
        @Override
        public Population derive(History history, @Nullable Population before, int known) {
            int[] candidates = history.derive(new Skyband.Of(size)).members();
            return new Population(history, Fronts.best(history, candidates, size, last));
        }
    }

    /** How many there are. */
    int size() {
        return members.length;
    }

    /** The better one of two drawn at random, of the better front or else the lonelier: its place in the history. */
    int tournament(RandomGenerator random) {
        int a = random.nextInt(members.length);
        int b = random.nextInt(members.length);
        boolean first = ranks[a] != ranks[b] ? ranks[a] < ranks[b] : distances[a] >= distances[b];
        return members[first ? a : b];
    }
}
