package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.event.MetaRecord.Evaluation;
import io.homeostat.backbone.event.RolloutStatus;
import io.homeostat.backbone.serde.Check;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.meta.transfer.Goal;
import io.homeostat.study.space.Space;
import io.homeostat.study.space.SpaceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a record from outside must keep, stricter than what is on the topic: whoever sends it can mend it. Trials
 * that no search could learn from are left out.
 */
final class Sound {
    private static final Duration AHEAD = Duration.ofDays(1);

    private Sound() {}

    /**
     * The record with its trials best first.
     *
     * @throws InvalidValueException naming the value
     */
    static MetaRecord record(MetaRecord record, Instant now) {
        check(record, now);
        List<Evaluation> trials = IntStream.range(0, record.trials().size())
                .filter(i -> problem(i, record).isEmpty())
                .mapToObj(record.trials()::get)
                .sorted(Goal.parse(record.goal()).bestFirst(Evaluation::value))
                .toList();
        if (trials.isEmpty()) {
            throw problem(0, record).orElseThrow();
        }
        return record.withTrials(trials);
    }

    private static Optional<InvalidValueException> problem(int i, MetaRecord record) {
        try {
            trial("trials[" + i + "]", record.trials().get(i));
            return Optional.empty();
        } catch (InvalidValueException e) {
            return Optional.of(e);
        }
    }

    private static void check(MetaRecord record, Instant now) {
        Check.id("taskId", record.taskId());
        Check.that(
                "maximize".equals(record.goal()) || "minimize".equals(record.goal()),
                "goal",
                "'" + record.goal() + "' is not maximize or minimize");
        Check.that(record.at().isBefore(now.plus(AHEAD)), "at", record.at() + " is in the future");
        Check.finite("bestValue", record.bestValue());
        Check.notEmpty("bestParameters", record.bestParameters().keySet());
        Check.notEmpty("trials", record.trials());
        Check.that(
                record.trials().size() <= MetaRecord.MOST_TRIALS,
                "trials",
                record.trials().size() + " are more than " + MetaRecord.MOST_TRIALS + "; keep the best");
        scalars("bestParameters", record.bestParameters());
        record.metaFeatures().forEach((name, value) -> {
            Check.present("metaFeatures." + name, value);
            Check.finite("metaFeatures." + name, value);
        });
        space(record.space());
        Integer started = record.started();
        Check.that(started == null || started >= 0, "started", started + " is below 0");
        Long cpuMillis = record.cpuMillis();
        Check.that(cpuMillis == null || cpuMillis >= 0, "cpuMillis", cpuMillis + " is below 0");
        Double gain = record.liveGain();
        if (gain != null) {
            Check.finite("liveGain", gain);
        }
        RolloutStatus.Phase outcome = record.liveOutcome();
        Check.that(
                outcome == null || outcome.isEnd(),
                "liveOutcome",
                "'" + outcome + "' is not promoted, rolled_back or refused");
    }

    private static void trial(String path, Evaluation trial) {
        Check.finite(path + ".value", trial.value());
        Map<String, Object> parameters = Check.present(path + ".parameters", trial.parameters());
        Check.notEmpty(path + ".parameters", parameters.keySet());
        scalars(path + ".parameters", parameters);
    }

    private static void scalars(String path, Map<String, Object> parameters) {
        parameters.forEach((name, value) -> {
            boolean number = value instanceof Number given && Double.isFinite(given.doubleValue());
            Check.that(
                    number || value instanceof String || value instanceof Boolean,
                    path + "." + name,
                    value + " is not a finite number, a text or a boolean");
        });
    }

    private static void space(Map<String, Object> written) {
        try {
            if (!written.isEmpty()) {
                Space.parse(written);
            }
        } catch (SpaceException e) {
            throw new InvalidValueException("", String.valueOf(e.getMessage()));
        }
    }
}
