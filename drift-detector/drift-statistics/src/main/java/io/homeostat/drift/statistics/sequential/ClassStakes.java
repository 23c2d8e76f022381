package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.profile.CategoricalProfile;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bets on a rise among the rows of each class, whose rates are learned from the first losses. */
final class ClassStakes {
    private static final int MOST_CLASSES = 64;
    private static final int SLOTS = 2 * MOST_CLASSES;

    private final List<OfClass> classes = new ArrayList<>();
    private final @Nullable OfClass[] byHash = new OfClass[SLOTS];
    private double most;

    /** The losses of the rows of one class, and the bets on them once its rate is known. */
    static final class OfClass {
        private final String name;
        private long labels;
        private double losses;
        private @Nullable Stakes stakes;

        private OfClass(String name) {
            this.name = name;
        }

        String name() {
            return name;
        }

        /** The mean loss that was learned. */
        double rate() {
            return losses / labels;
        }

        /** The bets on this class, or others if it has none. */
        Stakes stakesOr(Stakes others) {
            return stakes == null ? others : stakes;
        }

        private double won() {
            return stakes == null ? 0 : stakes.won();
        }

        private void learned() {
            stakes = new Stakes(rate(), labels);
        }

        private void state(StateFields fields) {
            labels = fields.count(labels);
            losses = fields.real(losses);
            if (fields.flag(stakes != null)) {
                Stakes known = stakes == null ? new Stakes(rate(), labels) : stakes;
                known.state(fields);
                stakes = known;
            }
        }
    }

    /** Learns from a loss; of the first 64 classes only. */
    void learn(String name, double loss) {
        OfClass known = find(name);
        OfClass rows = known == null ? open(name) : known;
        if (rows != null) {
            rows.labels++;
            rows.losses += loss;
        }
    }

    private @Nullable OfClass open(String name) {
        String cut = CategoricalProfile.cut(name);
        OfClass known = find(cut);
        return known != null || classes.size() == MOST_CLASSES ? known : put(cut);
    }

    private OfClass put(String name) {
        OfClass opened = new OfClass(name);
        classes.add(opened);
        int slot = name.hashCode();
        while (byHash[slot & SLOTS - 1] != null) {
            slot++;
        }
        byHash[slot & SLOTS - 1] = opened;
        return opened;
    }

    private @Nullable OfClass find(String name) {
        for (int slot = name.hashCode(); ; slot++) {
            OfClass found = byHash[slot & SLOTS - 1];
            if (found == null || found.name.equals(name)) {
                return found;
            }
        }
    }

    /** All that could be learned is. */
    void learned() {
        classes.forEach(OfClass::learned);
    }

    /** Bets on a loss of 0 of a class, if it has bets. */
    void onZero(String name, long at) {
        Stakes stakes = stakes(name);
        if (stakes != null) {
            stakes.onZero(at);
            most++;
        }
    }

    /** Bets on a loss above 0 of a class, if it has bets. */
    void onLoss(String name, double loss, long at) {
        Stakes stakes = stakes(name);
        if (stakes != null) {
            double before = stakes.most();
            stakes.onLoss(loss, at);
            most += stakes.most() - before;
        }
    }

    private @Nullable Stakes stakes(String name) {
        OfClass rows = find(name);
        return rows == null ? null : rows.stakes;
    }

    /** A bound of {@link #won} that costs nothing. */
    double most() {
        return most;
    }

    /** Makes the bound what was won, and says it. */
    double tighten() {
        classes.stream()
                .flatMap(rows -> Optional.ofNullable(rows.stakes).stream())
                .forEach(Stakes::tighten);
        most = won();
        return most;
    }

    /** What the bets on all classes have won. */
    double won() {
        double sum = 0;
        for (OfClass rows : classes) {
            sum += rows.won();
        }
        return sum;
    }

    /** The class whose bets have won most. */
    Optional<OfClass> winner() {
        OfClass winner = null;
        for (OfClass rows : classes) {
            winner = rows.won() > (winner == null ? 0 : winner.won()) ? rows : winner;
        }
        return Optional.ofNullable(winner);
    }

    /** All begin anew after a loss. */
    void clear(long at) {
        most = 0;
        for (OfClass rows : classes) {
            if (rows.stakes != null) {
                rows.stakes.clear(at);
            }
        }
    }

    void writeNames(StateWriter out) {
        out.count(classes.size());
        classes.forEach(rows -> out.text(rows.name));
    }

    void readNames(StateReader in) {
        for (int left = in.sizeIn(0, MOST_CLASSES); left > 0; left--) {
            put(in.text());
        }
    }

    void state(StateFields fields) {
        most = fields.real(most);
        classes.forEach(rows -> rows.state(fields));
    }
}
