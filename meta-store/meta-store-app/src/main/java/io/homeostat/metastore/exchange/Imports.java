package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes what was imported, one import after the other. Records go by their task, so another model's study of the same name
 * would take the place of the first: it is refused, also while the memory has not heard of the first yet. What another
 * process is importing at the same time is not seen.
 *
 * <p>For this a task that was written is known for five minutes, and at most {@value #MOST_UNDERWAY} are: an import that would
 * make them more is refused until enough of them are old.
 */
@Singleton
public final class Imports {
    /** By then the memory has heard of what was written. */
    private static final Duration HEARD = Duration.ofMinutes(5);

    /* Ten imports of the largest size; some tens of megabytes. */
    static final int MOST_UNDERWAY = 100_000;

    private final Consumer<List<MetaRecord>> writer;
    private final Clock clock;

    /* By task, the oldest first. */
    private final Map<String, Written> underway = new LinkedHashMap<>();

    @Inject
    Imports(ImportWriter writer) {
        this(writer::write, Clock.systemUTC());
    }

    /**
     * @param writer writes all or none
     * @param clock to forget what was written
     */
    public Imports(Consumer<List<MetaRecord>> writer, Clock clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** Whose task was written, and when. */
    private record Written(String model, Instant at) {}

    /**
     * Writes the records, all or none.
     *
     * @param records of as many tasks, at most {@value Format#MOST_RECORDS}
     * @param remembered whose task is remembered, if it is
     * @throws InvalidValueException if a task is another model's
     * @throws TooManyImportsException if too many others were written lately
     * @throws org.apache.kafka.common.KafkaException if Kafka does not take them
     */
    public synchronized void write(List<MetaRecord> records, Function<String, Optional<String>> remembered) {
        Instant now = clock.instant();
        underway.values().removeIf(written -> !heardAt(written).isAfter(now));
        for (MetaRecord record : records) {
            refuseStranger(record, remembered);
        }
        refuseTooMany(records, now);
        writer.accept(records);
        for (MetaRecord record : records) {
            underway.remove(record.taskId()); // to its end, as the youngest
            underway.put(record.taskId(), new Written(record.model(), now));
        }
    }

    private static Instant heardAt(Written written) {
        return written.at().plus(HEARD);
    }

    private void refuseTooMany(List<MetaRecord> records, Instant now) {
        long added = records.stream()
                .filter(record -> !underway.containsKey(record.taskId()))
                .count();
        long tooMany = underway.size() + added - MOST_UNDERWAY;
        if (tooMany > 0) {
            Instant room = underway.values().stream()
                    .skip(tooMany - 1)
                    .map(Imports::heardAt)
                    .findFirst()
                    .orElse(now);
            throw new TooManyImportsException(underway.size(), Duration.between(now, room));
        }
    }

    private void refuseStranger(MetaRecord record, Function<String, Optional<String>> remembered) {
        Written written = underway.get(record.taskId());
        Optional<String> owner = written == null ? remembered.apply(record.taskId()) : Optional.of(written.model());
        owner.filter(model -> !model.equals(record.model())).ifPresent(model -> {
            throw new InvalidValueException(
                    "",
                    "task '" + record.taskId() + "' is one of model '" + model
                            + "' already, and a task has one record; name it differently for '" + record.model() + "'");
        });
    }
}
