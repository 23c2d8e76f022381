package io.homeostat.drift.statistics.sequential;

import io.homeostat.drift.statistics.profile.ReferenceError;
import io.homeostat.drift.statistics.sequential.ClassStakes.OfClass;
import io.homeostat.drift.statistics.state.StateFields;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The e-detector of a classifier's errors, which also sees one class being mistaken for another more often while the errors
 * as a whole stay as they were: where a boundary moves, one kind of error rises and the other falls.
 *
 * <p>Idea: {@link EDetector}'s bets are placed on a rise of the mean loss as a whole (R) and, for each class, on a rise among
 * the rows whose truth is that class (R₁ … R_k). The bets of a class stake one unit at each loss of their own only, so Σ R_j
 * has been staked as many units as there were losses, just as R has: any number of classes costs as much as one.
 *
 * <p>Decision: ¾ R + ¼ Σ R_j ≥ A; R alone until the classes' rates are known. While the mean loss, given all before, is at
 * most p̄ as a whole and p̄_j in each class, E[statistic at step t] ≤ t, and so the expected number of losses to a false alarm
 * is at least A. p̄ and p̄_j allow for the references' luck as {@link EDetector} says.
 *
 * <p>Parameters: the reference rate of the whole; A (losses, above 1, default 100,000). The classes' rates are learned from the
 * first 2,000 losses whose class is told. The first 64 classes have bets of their own. A loss of no class, as of a
 * regression, is one of the whole.
 *
 * <p>Cost: two steps of an e-detector and a look-up per loss; a kilobyte per class.
 *
 * <p>Example: errors of 20 % in both of two classes become 12 % and 28 %: the mean stays, the second class's bets win after
 * about 1,700 losses. A change of the whole is found 2 to 3 % later than by the e-detector alone, as ln ¾ is .29 of 11.5 nats.
 *
 * <p>Limits: a fall is not bet on. Where no kind of error rises, the model has become better.
 *
 * <p>Reference: Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for sequential change detection, 2022.
 */
public final class ClasswiseEDetector extends StatefulDetector {
    /** The losses from which the classes' rates are learned. */
    public static final int LEARNED = 2_000;

    private static final int TAG = 48;
    private static final int VERSION = 2;
    private static final int EAGER = 1;
    private static final double WHOLE = 0.75;

    private final ReferenceError reference;
    private final Stakes whole;
    private final ClassStakes classes = new ClassStakes();
    private double threshold;

    private long toLearn = LEARNED;
    private @Nullable String changedClass;

    private ClasswiseEDetector(ReferenceError reference, double threshold) {
        this.reference = reference;
        this.threshold = EDetector.checked(threshold);
        this.whole = new Stakes(reference.rate(), reference.labels());
    }

    /**
     * A detector against a reference.
     *
     * @param error the rate of all rows and the labels it was taken from
     * @param threshold A: the expected number of losses to a false alarm, above 1
     */
    public static ClasswiseEDetector against(ReferenceError error, double threshold) {
        return new ClasswiseEDetector(error, threshold);
    }

    /** A detector against a reference with the default threshold. */
    public static ClasswiseEDetector against(ReferenceError error) {
        return against(error, EDetector.DEFAULT_THRESHOLD);
    }

    /**
     * Reads the loss, 0 to 1, of a row.
     *
     * @param actualClass its true class
     */
    public Detection update(String actualClass, double loss) {
        count(loss);
        return next(actualClass, loss);
    }

    @Override
    public String name() {
        return EDetector.NAME;
    }

    @Override
    protected Detection next(double loss) {
        return next(null, loss);
    }

    private Detection next(@Nullable String actual, double loss) {
        if (actual == null || toLearn > 0) {
            whole.bet(loss, seen());
            learn(actual, loss);
        } else if (loss == 0) {
            whole.onZero(seen());
            classes.onZero(actual, seen());
        } else {
            whole.onLoss(loss, seen());
            classes.onLoss(actual, loss, seen());
        }
        return statistic(whole.most(), classes.most()) < threshold
                        || statistic(whole.tighten(), classes.tighten()) < threshold
                ? Detection.STABLE
                : drift();
    }

    private void learn(@Nullable String actual, double loss) {
        if (actual == null) {
            return;
        }
        classes.learn(actual, loss);
        toLearn--;
        if (toLearn == 0) {
            classes.learned();
        }
    }

    private double statistic(double ofWhole, double ofClasses) {
        return toLearn > 0 ? ofWhole : WHOLE * ofWhole + (1 - WHOLE) * ofClasses;
    }

    private Detection drift() {
        double ofWhole = whole.won();
        double ofClasses = classes.won();
        // whoever won most of the statistic
        Optional<OfClass> rose = WHOLE * ofWhole >= (1 - WHOLE) * ofClasses ? Optional.empty() : classes.winner();
        changedClass = rose.map(OfClass::name).orElse(null);
        Stakes stakes = rose.map(rows -> rows.stakesOr(whole)).orElse(whole);
        double before = rose.map(OfClass::rate).orElse(reference.rate());
        long index = Math.min(seen(), stakes.since() + 1);
        Change change = new Change(index, seen(), before, stakes.mean(before), statistic(ofWhole, ofClasses));
        whole.clear(seen());
        classes.clear(seen());
        return found(change);
    }

    /** The class whose errors rose in the change found last; empty if they rose as a whole. */
    public Optional<String> changedClass() {
        return Optional.ofNullable(changedClass);
    }

    @Override
    public double statistic() {
        return statisticWhenFound().orElseGet(() -> statistic(whole.won(), classes.won()));
    }

    @Override
    public double threshold() {
        return threshold;
    }

    /** Sets A anew, when the stream turns out faster or slower than thought. */
    public void threshold(double newThreshold) {
        threshold = EDetector.checked(newThreshold);
    }

    @Override
    protected StateWriter parameters() {
        StateWriter out = new StateWriter(TAG, VERSION)
                .real(reference.rate())
                .count(reference.labels())
                .real(threshold)
                .flag(changedClass != null)
                .text(changedClass == null ? "" : changedClass);
        classes.writeNames(out);
        return out;
    }

    @Override
    protected void state(StateFields fields) {
        toLearn = fields.count(toLearn);
        whole.state(fields);
        classes.state(fields);
    }

    /** The detector that gave these bytes; of a plain {@link EDetector}'s or an older layout one that begins anew against its reference. */
    public static ClasswiseEDetector fromBytes(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] == EDetector.TAG) {
            EDetector plain = EDetector.fromBytes(bytes);
            return against(plain.reference(), plain.threshold());
        }
        StateReader in = new StateReader(EDetector.NAME, bytes, TAG, EAGER, VERSION);
        ClasswiseEDetector detector = against(ReferenceError.ofRate(in.real(), in.count()), in.real());
        if (in.version() == EAGER) {
            return detector;
        }
        boolean ofClass = in.flag();
        String changed = in.text();
        detector.changedClass = ofClass ? changed : null;
        detector.classes.readNames(in);
        return restored(detector, in);
    }
}
