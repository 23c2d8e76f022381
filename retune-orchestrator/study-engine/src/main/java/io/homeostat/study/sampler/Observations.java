package io.homeostat.study.sampler;

import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The finished trials that speak about a group of parameters, from the oldest to the newest, with their places (NaN where a parameter
 * was not there) and, for each numeric axis, sorted by place.
 *
 * <p>Bound: the newest {@value #NEWEST} are all there. Of the older ones every k-th is, and stands for k; k is the
 * smallest power of 2 that leaves at most {@value #NEWEST} of them. So up to {@code 2 · NEWEST} trials all are there.
 */
final class Observations {
    private static final int NEWEST = 256;

    private final int[] all; // places in the history, by number of trial
    private final int[] kept; // the same, of those that are there
    private final double[][] places; // axis by axis
    private final int[][] sorted; // axis by axis: indexes of kept, by place

    private Observations(int[] all, int[] kept, double[][] places, int[][] sorted) {
        this.all = all;
        this.kept = kept;
        this.places = places;
        this.sorted = sorted;
    }

    /**
     * Brings them up to date: O(kept · axes) per new trial.
     *
     * @param axes the parameters; a trial speaks about them if one was there
     * @param step only trials that reported this step or a later one, or failed; 0 for all
     */
    record Of(List<Axis> axes, long step) implements Derivation<Observations> {
        @Override
        public Observations derive(History history, @Nullable Observations before, int known) {
            Observations old = before == null
                    ? new Observations(new int[0], new int[0], new double[axes.size()][0], new int[axes.size()][0])
                    : before;
            int[] all = merged(history, old.all, known);
            int[] kept = thinned(all);
            int same = same(old.kept, kept);
            int[] from = positions(history, old.kept, kept, same);
            int[] to = same < old.kept.length ? inverse(from, same, old.kept.length) : new int[0];
            double[][] places = new double[axes.size()][];
            int[][] sorted = new int[axes.size()][];
            for (int j = 0; j < places.length; j++) {
                Axis axis = axes.get(j);
                places[j] = places(history, axis, old.places[j], kept, from, same);
                sorted[j] = axis.categorical() ? old.sorted[j] : sorted(old.sorted[j], places[j], from, to, same);
            }
            return new Observations(all, kept, places, sorted);
        }

        private int[] merged(History history, int[] old, int known) {
            int[] all = Arrays.copyOf(old, old.length + history.size() - known);
            int count = old.length;
            for (int i = known; i < history.size(); i++) {
                if (speaks(history, i)) {
                    int at = count++;
                    int number = history.get(i).number();
                    while (at > 0 && history.get(all[at - 1]).number() > number) {
                        all[at] = all[at - 1];
                        at--;
                    }
                    all[at] = i;
                }
            }
            return count == all.length ? all : Arrays.copyOf(all, count);
        }

        private boolean speaks(History history, int i) {
            if (axes.stream().allMatch(axis -> Double.isNaN(history.unit(i, axis.index())))) {
                return false;
            }
            FinishedTrial trial = history.get(i);
            return step == 0 || trial.failed() || trial.step() >= step;
        }
    }

    private static int[] thinned(int[] all) {
        int older = Math.max(0, all.length - NEWEST);
        int stride = stride(older);
        if (stride == 1) {
            return all;
        }
        int[] kept = new int[(older + stride - 1) / stride + NEWEST];
        int count = 0;
        for (int i = 0; i < older; i += stride) {
            kept[count++] = all[i];
        }
        System.arraycopy(all, older, kept, count, NEWEST);
        return kept;
    }

    private static int stride(int older) {
        int stride = 1;
        while (older > (long) NEWEST * stride) {
            stride *= 2;
        }
        return stride;
    }

    /** How many of the first ones are where they were. */
    private static int same(int[] old, int[] kept) {
        int mismatch = Arrays.mismatch(old, kept);
        return mismatch < 0 ? kept.length : mismatch;
    }

    /** Where each kept trial was before; -1 if it is new. Of the first {@code same} it is where it is. */
    private static int[] positions(History history, int[] old, int[] kept, int same) {
        int[] from = new int[kept.length];
        int at = same;
        for (int i = same; i < kept.length; i++) {
            while (at < old.length && old[at] != kept[i] && older(history, old[at], kept[i])) {
                at++;
            }
            from[i] = at < old.length && old[at] == kept[i] ? at : -1;
        }
        return from;
    }

    private static boolean older(History history, int a, int b) {
        return history.get(a).number() < history.get(b).number();
    }

    private static double[] places(History history, Axis axis, double[] old, int[] kept, int[] from, int same) {
        double[] places = new double[kept.length];
        System.arraycopy(old, 0, places, 0, same);
        for (int i = same; i < kept.length; i++) {
            places[i] = from[i] >= 0 ? old[from[i]] : axis.place(history.unit(kept[i], axis.index()));
        }
        return places;
    }

    private static int[] sorted(int[] old, double[] places, int[] from, int[] to, int same) {
        int[] sorted = Arrays.copyOf(old, Math.max(old.length, places.length));
        int count = old.length;
        if (to.length > 0) {
            count = renamed(sorted, old, to);
        }
        for (int i = same; i < from.length; i++) {
            if (from[i] < 0 && !Double.isNaN(places[i])) {
                Insertion.insert(sorted, count++, i, byPlace(places));
            }
        }
        return count == sorted.length ? sorted : Arrays.copyOf(sorted, count);
    }

    /** Where each trial that was kept before is now; -1 if it has gone. */
    private static int[] inverse(int[] from, int same, int before) {
        int[] to = new int[before];
        Arrays.fill(to, -1);
        for (int i = 0; i < from.length; i++) {
            int old = i < same ? i : from[i];
            if (old >= 0) {
                to[old] = i;
            }
        }
        return to;
    }

    /** The old order by the new indexes, without those that have gone. */
    private static int renamed(int[] sorted, int[] old, int[] to) {
        int count = 0;
        for (int slot : old) {
            if (to[slot] >= 0) {
                sorted[count++] = to[slot];
            }
        }
        return count;
    }

    /** The order by place of more observations: those from an index on are added. NaN has no place in it. */
    static int[] sorted(int[] before, double[] places, int added) {
        int[] sorted = Arrays.copyOf(before, before.length + places.length - added);
        int count = before.length;
        for (int i = added; i < places.length; i++) {
            if (!Double.isNaN(places[i])) {
                Insertion.insert(sorted, count++, i, byPlace(places));
            }
        }
        return count == sorted.length ? sorted : Arrays.copyOf(sorted, count);
    }

    /** Those of equal place by index. */
    private static Insertion.Order byPlace(double[] places) {
        return (one, other) -> places[one] < places[other] || places[one] == places[other] && one < other;
    }

    /** How many trials speak about the group, those that are not there included. */
    int total() {
        return all.length;
    }

    /** How many are there. */
    int size() {
        return kept.length;
    }

    /** The index of the trial with this place in the history; negative if it is not there. */
    int find(History history, int trial) {
        int low = 0;
        int high = kept.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (kept[middle] == trial) {
                return middle;
            }
            if (older(history, kept[middle], trial)) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** How many trials this one stands for. */
    int standsFor(int i) {
        return i < kept.length - NEWEST ? stride(all.length - NEWEST) : 1;
    }

    /** The places on an axis; not to be changed. */
    double[] places(int axis) {
        return places[axis];
    }

    /** By their place on a numeric axis, the indexes of those in which it was there; not to be changed. */
    int[] sorted(int axis) {
        return sorted[axis];
    }
}
