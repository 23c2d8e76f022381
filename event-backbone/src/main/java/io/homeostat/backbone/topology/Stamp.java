package io.homeostat.backbone.topology;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/** Notes on each record where it was read, so that a letter written after a repartition still names its source. */
public final class Stamp<V> extends ContextualProcessor<String, V, String, V> {
    private final boolean atSource;

    private Stamp(boolean atSource) {
        this.atSource = atSource;
    }

    /** Right behind a source of bytes: what is noted there is left from what the writer had read. */
    static <V> Stamp<V> atSource() {
        return new Stamp<>(true);
    }

    /** Before a repartition. */
    public static <V> Stamp<V> underway() {
        return new Stamp<>(false);
    }

    @Override
    public void process(Record<String, V> record) {
        if (atSource) {
            DeadLetters.unstamp(record);
        }
        DeadLetters.stamp(context(), record);
        context().forward(record);
    }
}
