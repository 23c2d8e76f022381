package io.homeostat.metastore.curate;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many records this process keeps, over all its stream tasks, and what it decided. The copy of the topic cannot be
 * asked how many it holds: what is in its cache does not count there.
 */
public final class MemoryMeters {
    private static final String IGNORED = "homeostat.memory.ignored";

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

    void ignored(Map<String, Integer> why) {
        why.forEach((kind, count) -> ignore(meters, kind, count));
    }

    /** Counts what was left out for a reason, said in a word or two like {@code trial.pruned}. */
    public static void ignore(MeterRegistry meters, String why, int count) {
        if (count > 0) {
            meters.counter(IGNORED, "why", why).increment(count);
        }
    }

    /** What was left out since the start of the process, and why. */
    public static Map<String, Long> ignored(MeterRegistry meters) {
        Map<String, Long> ignored = new TreeMap<>();
        for (Counter counter : meters.find(IGNORED).counters()) {
            ignored.put(String.valueOf(counter.getId().getTag("why")), (long) counter.count());
        }
        return ignored;
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
