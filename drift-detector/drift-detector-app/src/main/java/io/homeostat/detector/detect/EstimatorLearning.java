package io.homeostat.detector.detect;

import io.homeostat.backbone.spec.ModelSpec;
import io.homeostat.backbone.store.StateBytes;
import io.homeostat.detector.profile.SpecMapping;
import io.homeostat.drift.statistics.estimation.AnsweredRow;
import io.homeostat.drift.statistics.estimation.EstimatorLearner;
import io.homeostat.drift.statistics.estimation.PerformanceEstimator;
import io.homeostat.drift.statistics.performance.Task;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Learns an estimator from the first labelled outcomes of a champion that came without one. What they show is taken for
 * normal.
 */
final class EstimatorLearning {
    /** Enough to calibrate scores by. */
    static final int ROWS = 1_000;

    /** Of a regression, how many features times rows are kept, 10 bytes each. */
    private static final int MOST_VALUES = 30_000;

    private static final int MOST_FEATURES = 100;
    private static final long SEED = 1;

    private String version = "";
    private boolean done;
    private @Nullable EstimatorLearner learner;

    /** Whether outcomes of a version are still looked at. */
    boolean wants(String champion) {
        return !done || !version.equals(champion);
    }

    /** Ends it: there is an estimator. */
    void end(String champion) {
        version = champion;
        done = true;
        learner = null;
    }

    /**
     * Takes an outcome of the champion.
     *
     * @return what is learned, once there are enough outcomes
     */
    Optional<PerformanceEstimator> add(ModelSpec spec, String champion, AnsweredRow row, String label) {
        EstimatorLearner going = learner;
        if (going == null || !version.equals(champion)) {
            going = new EstimatorLearner(
                    Task.valueOf(spec.task().name()), SpecMapping.schema(spec), spec.positive(), enough(spec));
            learner = going;
            version = champion;
            done = false;
        }
        if (!going.add(row, label)) {
            return Optional.empty();
        }
        end(champion);
        return going.fit(SEED);
    }

    /** How many outcomes are waited for. */
    static int enough(ModelSpec spec) {
        int features = Math.min(MOST_FEATURES, spec.features().size());
        return spec.task().isClassification() ? ROWS : Math.min(ROWS, MOST_VALUES / features);
    }

    byte[] toBytes() {
        return StateBytes.of(out -> {
            out.writeUTF(version);
            out.writeBoolean(done);
            byte[] rows = learner == null ? new byte[0] : learner.toBytes();
            out.writeInt(rows.length);
            out.write(rows);
        });
    }

    static EstimatorLearning fromBytes(byte[] bytes) {
        EstimatorLearning learning = new EstimatorLearning();
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            learning.version = in.readUTF();
            learning.done = in.readBoolean();
            byte[] rows = in.readNBytes(in.readInt());
            learning.learner = rows.length == 0 ? null : EstimatorLearner.fromBytes(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return learning;
    }
}
