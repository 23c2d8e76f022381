package io.homeostat.metastore.exchange;

import io.homeostat.backbone.event.MetaRecord;
import io.homeostat.backbone.serde.InvalidValueException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes what was imported, one import after the other. Records go by their task, so another model's study of the same name
 * would take the place of the first: it is refused, also while the memory has not heard of the first yet. What another
 * process is importing at the same time is not seen.
 */
@Singleton
public final class Imports {
    /** By then the memory has heard of what was written. */
    private static final Duration HEARD = Duration.ofMinutes(5);

    private final Consumer<List<MetaRecord>> writer;
    private final Clock clock;
    private final Map<String, Written> underway = new HashMap<>();

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
     * @param remembered whose task is remembered, if it is
     * @throws InvalidValueException if a task is another model's
     * @throws org.apache.kafka.common.KafkaException if Kafka does not take them
     */
    public synchronized void write(List<MetaRecord> records, Function<String, Optional<String>> remembered) {
        Instant now = clock.instant();
        underway.values().removeIf(written -> written.at().isBefore(now.minus(HEARD)));
        for (MetaRecord record : records) {
            refuseStranger(record, remembered);
        }
        writer.accept(records);
        records.forEach(record -> underway.put(record.taskId(), new Written(record.model(), now)));
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
