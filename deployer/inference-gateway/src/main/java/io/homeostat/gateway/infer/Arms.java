package io.homeostat.gateway.infer;

import io.homeostat.backbone.event.Arm;
import io.homeostat.gateway.protocol.RefusedException;
import io.homeostat.gateway.serving.Cause;
import io.homeostat.gateway.serving.Said;
import io.homeostat.gateway.serving.ServingModel;
import io.homeostat.gateway.serving.Version;
import io.homeostat.rollout.routing.ArmChoice;
import io.homeostat.rollout.routing.Bucket;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Gives every row its arm and its answer. An answer that the candidate owes is given by the champion. */
final class Arms {
    private static final Logger LOG = Logger.getLogger(Arms.class);
    private static final long QUIET_NANOS = 10_000_000_000L;

    private final Calls champions;
    private final Calls challengers;
    private final MeterRegistry meters;
    private final AtomicLong lastLoggedNanos = new AtomicLong(System.nanoTime() - QUIET_NANOS);

    Arms(Calls champions, Calls challengers, MeterRegistry meters) {
        this.champions = champions;
        this.challengers = challengers;
        this.meters = meters;
    }

    /** Answers all rows. Fails with {@link RefusedException} when the champion refuses a row or fails. */
    CompletableFuture<Void> answer(ServingModel serving, List<Row> rows) {
        List<Row> chosen = serving.choice()
                .map(choice -> chosen(choice, serving.route().shadow(), rows))
                .orElse(List.of());
        if (chosen.isEmpty()) {
            return byChampion(serving, rows);
        }
        CompletableFuture<Void> byCandidate =
                byCandidate(serving, serving.challenger().orElseThrow(), chosen);
        List<Row> others = rows.stream().filter(row -> row.arm == Arm.STABLE).toList();
        return others.isEmpty()
                ? byCandidate
                : byChampion(serving, others).thenCombine(byCandidate, (stable, candidate) -> null);
    }

    /** The rows of the candidate; every row's bucket is noted, and whether the other side shall compute it, too. */
    private static List<Row> chosen(ArmChoice choice, boolean shadow, List<Row> rows) {
        List<Row> chosen = new ArrayList<>(rows.size());
        for (Row row : rows) {
            Bucket bucket = Bucket.of(choice.salt(), row.unitOrSelf());
            row.bucket = bucket.number();
            row.owesCounterpart = shadow;
            if (choice.armOf(bucket) == io.homeostat.rollout.routing.Arm.CANDIDATE) {
                row.arm = Arm.CANDIDATE;
                chosen.add(row);
            }
        }
        return chosen;
    }

    private CompletableFuture<Void> byCandidate(ServingModel serving, Version candidate, List<Row> rows) {
        return challengers.ask(serving, candidate, rows).thenCompose(said -> {
            List<Row> failed = new ArrayList<>();
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                if (said.get(i) instanceof Said.Failure failure) {
                    stepIn(serving, candidate, row, failure);
                    failed.add(row);
                } else {
                    row.answer = candidate.answer(said.get(i));
                }
            }
            return failed.isEmpty() ? CompletableFuture.completedFuture(null) : byChampion(serving, failed);
        });
    }

    private void stepIn(ServingModel serving, Version candidate, Row row, Said.Failure failure) {
        row.arm = Arm.STABLE;
        row.counterpart = candidate.answer(failure);
        row.owesCounterpart = false;
        meters.counter(
                        "homeostat.gateway.fallbacks",
                        "model",
                        serving.route().model(),
                        "cause",
                        failure.cause().name().toLowerCase(Locale.ROOT))
                .increment();
        log(serving, candidate, failure);
    }

    private CompletableFuture<Void> byChampion(ServingModel serving, List<Row> rows) {
        return by(champions, serving, serving.champion(), rows);
    }

    /** Answers rows by a version that nobody steps in for. */
    CompletableFuture<Void> by(ServingModel serving, Version version, List<Row> rows) {
        return by(version == serving.champion() ? champions : challengers, serving, version, rows);
    }

    private CompletableFuture<Void> by(Calls calls, ServingModel serving, Version version, List<Row> rows) {
        return calls.ask(serving, version, rows).thenAccept(said -> {
            for (int i = 0; i < rows.size(); i++) {
                Row row = rows.get(i);
                if (said.get(i) instanceof Said.Failure failure) {
                    throw refused(serving, version, row, failure);
                }
                row.answer = version.answer(said.get(i));
            }
        });
    }

    private RefusedException refused(ServingModel serving, Version version, Row row, Said.Failure failure) {
        if (failure.cause() == Cause.REFUSED) {
            return new RefusedException(400, "row " + row.index + ": " + failure.message());
        }
        log(serving, version, failure);
        return new RefusedException(
                failure.cause().status(), "version " + version.name() + " failed: " + failure.message());
    }

    private void log(ServingModel serving, Version version, Said.Failure failure) {
        long now = System.nanoTime();
        long before = lastLoggedNanos.get();
        // who fails, fails thousands of times; the meters count, the log says it now and then
        if (now - before >= QUIET_NANOS && lastLoggedNanos.compareAndSet(before, now)) {
            LOG.warnf(
                    "%s: version %s failed (%s): %s",
                    serving.route().model(), version.name(), failure.cause(), failure.message());
        }
    }
}
