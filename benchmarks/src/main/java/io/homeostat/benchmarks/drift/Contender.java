package io.homeostat.benchmarks.drift;

import io.homeostat.drift.statistics.profile.ReferenceError;
import io.homeostat.drift.statistics.sequential.Adwin;
import io.homeostat.drift.statistics.sequential.Change;
import io.homeostat.drift.statistics.sequential.ClasswiseEDetector;
import io.homeostat.drift.statistics.sequential.Ddm;
import io.homeostat.drift.statistics.sequential.Detection;
import io.homeostat.drift.statistics.sequential.EDetector;
import io.homeostat.drift.statistics.sequential.Eddm;
import io.homeostat.drift.statistics.sequential.ErrorStreamDetector;
import io.homeostat.drift.statistics.sequential.HddmA;
import io.homeostat.drift.statistics.sequential.HddmW;
import io.homeostat.drift.statistics.sequential.Kswin;
import io.homeostat.drift.statistics.sequential.PageHinkley;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import moa.classifiers.core.driftdetection.ADWINChangeDetector;
import moa.classifiers.core.driftdetection.AbstractChangeDetector;
import moa.classifiers.core.driftdetection.CusumDM;
import moa.classifiers.core.driftdetection.DDM;
import moa.classifiers.core.driftdetection.EDDM;
import moa.classifiers.core.driftdetection.EWMAChartDM;
import moa.classifiers.core.driftdetection.HDDM_A_Test;
import moa.classifiers.core.driftdetection.HDDM_W_Test;
import moa.classifiers.core.driftdetection.PageHinkleyDM;
import moa.classifiers.core.driftdetection.RDDM;
import moa.classifiers.core.driftdetection.SEEDChangeDetector;
import moa.classifiers.core.driftdetection.SeqDrift2ChangeDetector;

/**
 * A detector that takes part, in its default configuration.
 *
 * @param name its name in tables; MOA's begin with {@value #MOA}
 * @param start a fresh one; a detector without a reference ignores it
 */
record Contender(String name, Function<ReferenceError, AlarmSource> start) {
    static final String MOA = "MOA ";
    static final String DEFAULT = EDetector.NAME;
    static final String PLAIN = "plain-" + EDetector.NAME;
    static final String MOA_ADWIN = MOA + "ADWIN";

    /** Says after each loss whether a rise was found. */
    @FunctionalInterface
    interface AlarmSource {
        /**
         * Reads a loss.
         *
         * @param actual the row's true class, which only the default looks at
         */
        boolean alarm(double loss, String actual);
    }

    /** Whether it is against a reference, and so does not read the losses that made that. */
    boolean hasReference() {
        return name.equals(DEFAULT) || name.equals(PLAIN);
    }

    boolean isMoa() {
        return name.startsWith(MOA);
    }

    /** Ours, then MOA's that run without Weka (STEPD does not). */
    static final List<Contender> ALL = List.of(
            new Contender(DEFAULT, error -> classwise(ClasswiseEDetector.against(error))),
            new Contender(PLAIN, error -> ours(EDetector.against(error))),
            ours(Adwin.NAME, Adwin::new),
            ours(PageHinkley.NAME, PageHinkley::new),
            ours(Ddm.NAME, Ddm::new),
            ours(Eddm.NAME, Eddm::new),
            ours(HddmA.NAME, HddmA::new),
            ours(HddmW.NAME, HddmW::new),
            ours(Kswin.NAME, Kswin::new),
            moa("ADWIN", ADWINChangeDetector::new),
            moa("DDM", DDM::new),
            moa("EDDM", EDDM::new),
            moa("HDDM_A", HDDM_A_Test::new),
            moa("HDDM_W", HDDM_W_Test::new),
            moa("PageHinkley", PageHinkleyDM::new),
            moa("CUSUM", CusumDM::new),
            moa("EWMA chart", EWMAChartDM::new),
            moa("RDDM", RDDM::new),
            moa("SEED", SEEDChangeDetector::new),
            moa("SeqDrift2", SeqDrift2ChangeDetector::new));

    static Contender named(String name) {
        return ALL.stream().filter(c -> c.name.equals(name)).findFirst().orElseThrow();
    }

    private static AlarmSource classwise(ClasswiseEDetector detector) {
        return (loss, actual) -> detector.update(actual, loss) == Detection.DRIFT;
    }

    private static Contender ours(String name, Supplier<ErrorStreamDetector> create) {
        return new Contender(name, error -> ours(create.get()));
    }

    /* A fall is no alarm, as in the product; detectors that look both ways are not charged for it. */
    private static AlarmSource ours(ErrorStreamDetector detector) {
        return (loss, actual) -> detector.update(loss) == Detection.DRIFT
                && detector.lastChange().map(Change::isIncrease).orElse(false);
    }

    private static Contender moa(String name, Supplier<AbstractChangeDetector> create) {
        return new Contender(MOA + name, error -> {
            AbstractChangeDetector detector = create.get();
            detector.prepareForUse();
            return (loss, actual) -> {
                detector.input(loss);
                return detector.getChange();
            };
        });
    }
}
