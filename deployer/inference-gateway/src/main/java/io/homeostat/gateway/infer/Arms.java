package io.homeostat.gateway.infer;

import io.homeostat.backbone.event.Arm;
import io.homeostat.backbone.event.PredictionEvent.Answer;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import io.homeostat.rollout.routing.ArmChoice;
import io.homeostat.rollout.routing.Bucket;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Gives every row its arm and its answer. An answer that the candidate owes is given by the champion. */
final class Arms {
    private static final Logger LOG = Logger.getLogger(Arms.class);

    private final GuardedCalls calls;
    private final MeterRegistry meters;

    Arms(GuardedCalls calls, MeterRegistry meters) {
        this.calls = calls;
        this.meters = meters;
    }

    /** Answers all rows. Errors: {@link RefusedException} when the champion refuses a row or fails. */
    void answer(ServingModel serving, List<Row> rows) {
        serving.choice().ifPresent(choice -> choose(serving, choice, rows));
        boolean shadow = serving.challenger().isPresent() && serving.route().shadow();
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            if (row.answer == null) {
                row.answer = trusted(serving.champion(), row, i);
            }
            row.owesCounterpart = shadow && row.counterpart == null;
        }
    }

    private void choose(ServingModel serving, ArmChoice choice, List<Row> rows) {
        List<Row> chosen = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Bucket bucket = Bucket.of(choice.salt(), row.unitOrSelf());
            row.bucket = bucket.number();
            if (choice.armOf(bucket) == io.homeostat.rollout.routing.Arm.CANDIDATE) {
                chosen.add(row);
            }
        }
        if (!chosen.isEmpty()) {
            tryCandidate(serving, serving.challenger().orElseThrow(), chosen);
        }
    }

    private void tryCandidate(ServingModel serving, Version candidate, List<Row> rows) {
        List<Answer> answers = calls.ask(serving, candidate, rows);
        int failed = 0;
        for (int i = 0; i < rows.size(); i++) {
            Row row = rows.get(i);
            Answer answer = answers.get(i);
            if (answer.failed()) {
                failed++;
                row.counterpart = answer;
            } else {
                row.arm = Arm.CANDIDATE;
                row.answer = answer;
            }
        }
        if (failed > 0) {
            meters.counter(
                            "homeostat.gateway.fallbacks",
                            "model",
                            serving.route().model())
                    .increment(failed);
        }
    }

    /** The answer of a version on the caller's thread. Errors: {@link RefusedException}, 500 when it fails. */
    static Answer trusted(Version version, Row row, int index) {
        try {
            return version.answer(row.features);
        } catch (RefusedException e) {
            throw new RefusedException(e.status(), "row " + index + ": " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.errorf(e, "Version %s failed: %s", version.name(), e.getMessage());
            throw new RefusedException(500, "version " + version.name() + " failed: " + e.getMessage());
        }
    }
}
