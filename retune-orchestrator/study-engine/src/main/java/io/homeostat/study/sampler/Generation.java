package io.homeostat.study.sampler;

import io.homeostat.study.pareto.Crowding;
import io.homeostat.study.pareto.NonDominated;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The generation that a genetic search is in, and its parents. A generation is over when as many trials of it have ended
 * as the population has; the parents of the next are the best of all trials of the generations before. Trials that belong
 * to none, such as enqueued ones, are of the first.
 */
final class Generation {
    /** The note that says which generation a trial belongs to. */
    static final String NOTE = "generation";

    private static final int MOST = 1_000_000;

    private final int[] ended; // by generation
    private final int number;
    private final int[] parents; // places in the history
    private final int[] fronts; // of the parents: which front they are in, infeasible ones in one after all others
    private final double[] distances; // of the parents, in their front

    private Generation(int[] ended, int number, History history, int[] parents) {
        this.ended = ended;
        this.number = number;
        this.parents = parents;
        fronts = new int[parents.length];
        distances = new double[parents.length];
        double[][] points = ParetoElite.minimized(history, parents);
        int rank = 0;
        for (int[] front : NonDominated.fronts(points)) {
            double[] lonely = Crowding.distances(
                    Arrays.stream(front).mapToObj(i -> points[i]).toArray(double[][]::new));
            for (int k = 0; k < front.length; k++) {
                boolean feasible = history.get(parents[front[k]]).feasible();
                fronts[front[k]] = feasible ? rank : parents.length;
                distances[front[k]] = lonely[k];
            }
            rank++;
        }
    }

    /**
     * Brings it up to date.
     *
     * @param population how many trials a generation has
     * @param spread whether parents are spread along directions (NSGA-III) or by their distances (NSGA-II)
     */
    record Of(int population, boolean spread) implements Derivation<Generation> {
        @Override
        public Generation derive(History history, @Nullable Generation before, int known) {
            int[] ended = before == null ? new int[1] : before.ended.clone();
            boolean late = before == null;
            for (int i = known; i < history.size(); i++) {
                int of = generation(history.get(i));
                ended = of < ended.length ? ended : Arrays.copyOf(ended, of + 1);
                ended[of]++;
                late |= before != null && of < before.number;
            }
            int number = 0;
            while (number < ended.length && ended[number] >= population) {
                number++;
            }
            return before != null && number == before.number && !late
                    ? new Generation(ended, before)
                    : new Generation(ended, number, history, parents(history, number));
        }

        private int[] parents(History history, int number) {
            int[] candidates = Arrays.stream(history.derive(ParetoElite.OF_ALL).members())
                    .filter(i -> generation(history.get(i)) < number)
                    .toArray();
            LastFront last = spread ? LastFront.SPREAD : LastFront.LONELIEST;
            return ParetoElite.best(history, candidates, population, last);
        }
    }

    private Generation(int[] ended, Generation before) {
        this.ended = ended;
        number = before.number;
        parents = before.parents;
        fronts = before.fronts;
        distances = before.distances;
    }

    private static int generation(FinishedTrial trial) {
        String note = trial.notes().getOrDefault(NOTE, "0");
        boolean valid = !note.isEmpty() && note.length() < 8 && note.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? Math.min(MOST, Integer.parseInt(note)) : 0;
    }

    /** From 0. */
    int number() {
        return number;
    }

    /** How many parents there are; none in the first generation. */
    int parents() {
        return parents.length;
    }

    /** A parent's place in the history. */
    int parent(int i) {
        return parents[i];
    }

    /** The better one of two parents: of the better front, else the lonelier. */
    int better(int a, int b) {
        if (fronts[a] != fronts[b]) {
            return fronts[a] < fronts[b] ? a : b;
        }
        return distances[a] >= distances[b] ? a : b;
    }
}
