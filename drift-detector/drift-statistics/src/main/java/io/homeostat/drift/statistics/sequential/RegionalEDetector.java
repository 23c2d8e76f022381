package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.profile.ReferenceError;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An e-detector that also sees where errors fall: a concept can change while the mean loss stays.
 *
 * <p>Idea: rows fall into regions, such as bins of the score or predicted classes; each has a reference rate of its own.
 * {@link EDetector}'s bets are placed on a rise of the mean loss as a whole (R) and on a rise in each region (R₁ … R_k). A
 * region's bets stake one unit at each of its own losses only, so Σ R_j has been staked as many units as there were losses,
 * just as R has: regions cost nothing.
 *
 * <p>Decision: ½ R + ½ Σ R_j ≥ A. While the mean loss, given all before, is at most p̄ as a whole and p̄_j in each region,
 * E[statistic at step t] ≤ t, and so the expected number of losses to a false alarm is at least A. p̄ and p̄_j allow for the
 * references' luck as {@link EDetector} says.
 *
 * <p>Parameters: the reference rate of the whole and of each region, regions 1 to 1,000; A (losses, above 1, default 100,000).
 *
 * <p>Cost: two steps of an e-detector per loss, whatever the number of regions; 240 bytes per region.
 *
 * <p>Example: errors of 20 % in two halves that become 10 % and 30 %: the mean stays, the second half's bets win after
 * about 600 losses. A change of the whole is found 5 to 10 % later than by the e-detector alone.
 *
 * <p>Limits: a fall in a region is not bet on: where a concept changes and errors do not rise as a whole or anywhere, the
 * model has become better. A mere move of the rows from one region to another is none of its business, and of the
 * whole's bets only.
 *
 * <p>Reference: Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for sequential change detection, 2022.
 */
public final class RegionalEDetector {
    /** The name in signals. */
    public static final String NAME = "regional-e-detector";

    /** The region of a change of the whole. */
    public static final int WHOLE = -1;

    private static final int TAG = 47;
    private static final int VERSION = 1;
    private static final int MOST_REGIONS = 1_000;

    private final ReferenceError whole;
    private final List<ReferenceError> regions;
    private final Stakes wholeStakes;
    private final List<Stakes> stakes = new ArrayList<>();
    private final double[] bets; // the weighted mean R_j of each region
    private double threshold;

    private long seen;
    private double sum; // of the regions' bets
    private double statistic;
    private int changedRegion = WHOLE;
    private @Nullable Change lastChange;

    private RegionalEDetector(ReferenceError whole, List<ReferenceError> regions, double threshold) {
        if (regions.isEmpty() || regions.size() > MOST_REGIONS) {
            throw new IllegalArgumentException("regions: " + regions.size() + " are not in 1.." + MOST_REGIONS + ".");
        }
        this.whole = whole;
        this.regions = List.copyOf(regions);
        this.threshold = EDetector.checked(threshold);
        this.wholeStakes = new Stakes(whole.rate(), whole.labels());
        regions.forEach(region -> stakes.add(new Stakes(region.rate(), region.labels())));
        this.bets = new double[regions.size()];
    }

    /**
     * A detector against references.
     *
     * @param whole the rate of all rows
     * @param regions the rate of each region's rows; of a region of which little is known the rate over few labels
     * @param threshold A: the expected number of losses to a false alarm, above 1
     */
    public static RegionalEDetector against(ReferenceError whole, List<ReferenceError> regions, double threshold) {
        return new RegionalEDetector(whole, regions, threshold);
    }

    /** Reads a loss, 0 to 1, of a row in a region, 0 to regions − 1. */
    public Detection update(int region, double loss) {
        if (!(loss >= 0 && loss <= 1)) {
            throw new IllegalArgumentException("loss: " + loss + " is not in 0..1. Scale and cut it first.");
        }
        if (region < 0 || region >= bets.length) {
            throw new IllegalArgumentException("region: " + region + " is not in 0.." + (bets.length - 1) + ".");
        }
        seen++;
        double now = stakes.get(region).bet(loss, seen);
        sum += now - bets[region];
        bets[region] = now;
        statistic = (wholeStakes.bet(loss, seen) + sum) / 2;
        return statistic < threshold ? Detection.STABLE : drift();
    }

    private Detection drift() {
        changedRegion = WHOLE;
        for (int region = 0; region < bets.length; region++) {
            if (stakes.get(region).best() > leader().best()) {
                changedRegion = region;
            }
        }
        double before = changedRegion == WHOLE
                ? whole.rate()
                : regions.get(changedRegion).rate();
        long index = Math.min(seen, leader().since() + 1);
        lastChange = new Change(index, seen, before, leader().mean(before), statistic);
        sum = 0;
        wholeStakes.clear(seen);
        for (int region = 0; region < bets.length; region++) {
            stakes.get(region).clear(seen);
            bets[region] = 0;
        }
        return Detection.DRIFT;
    }

    private Stakes leader() {
        return changedRegion == WHOLE ? wholeStakes : stakes.get(changedRegion);
    }

    /** How many losses were read. */
    public long seen() {
        return seen;
    }

    /** How many regions there are. */
    public int regions() {
        return bets.length;
    }

    /** The statistic now. */
    public double statistic() {
        return statistic;
    }

    /** A. */
    public double threshold() {
        return threshold;
    }

    /** Sets A anew, when the stream turns out faster or slower than thought. */
    public void threshold(double newThreshold) {
        threshold = EDetector.checked(newThreshold);
    }

    /** The change found last: rates and index are those of the region that won most, or of the whole. */
    public Optional<Change> lastChange() {
        return Optional.ofNullable(lastChange);
    }

    /** Where the change found last was: a region, or {@link #WHOLE}. */
    public int changedRegion() {
        return changedRegion;
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).real(threshold).count(regions.size());
        write(out, whole);
        regions.forEach(region -> write(out, region));
        state(StateFields.to(out));
        return out.toBytes();
    }

    /** The detector that gave these bytes. */
    public static RegionalEDetector fromBytes(byte[] bytes) {
        StateReader in = new StateReader(NAME, bytes, TAG, VERSION);
        double threshold = in.real();
        int size = in.sizeIn(1, MOST_REGIONS);
        ReferenceError whole = ReferenceError.ofRate(in.real(), in.count());
        List<ReferenceError> regions = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            regions.add(ReferenceError.ofRate(in.real(), in.count()));
        }
        RegionalEDetector detector = new RegionalEDetector(whole, regions, threshold);
        detector.state(StateFields.from(in));
        in.end();
        return detector;
    }

    private static void write(StateWriter out, ReferenceError error) {
        out.real(error.rate()).count(error.labels());
    }

    private void state(StateFields fields) {
        seen = fields.count(seen);
        sum = fields.real(sum);
        statistic = fields.real(statistic);
        changedRegion = (int) fields.fixed(changedRegion);
        lastChange = StatefulDetector.change(fields, lastChange);
        fields.reals(bets, bets.length);
        wholeStakes.state(fields);
        stakes.forEach(each -> each.state(fields));
    }
}
