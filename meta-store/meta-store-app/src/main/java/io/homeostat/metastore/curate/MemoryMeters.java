package io.homeostat.metastore.curate;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records this process keeps, over all its stream tasks, and what it decided. The copy of the topic cannot be
 * asked how many it holds: what is in its cache does not count there.
 */
public final class MemoryMeters {
    private final MeterRegistry meters;
    private final Map<String, Long> records = new ConcurrentHashMap<>();

    public MemoryMeters(MeterRegistry meters) {
        this.meters = meters;
        Gauge.builder("homeostat.memory.records", this, MemoryMeters::records)
                .description("Remembered tasks")
                .strongReference(true)
                .register(meters);
    }

    void decided(String action) {
        meters.counter("homeostat.memory.decisions", "action", action).increment();
    }

    void adds(String streamTask, long more) {
        records.merge(streamTask, more, Long::sum);
    }

    void leaves(String streamTask) {
        records.remove(streamTask);
    }

    private double records() {
        return records.values().stream().mapToLong(Long::longValue).sum();
    }
}
