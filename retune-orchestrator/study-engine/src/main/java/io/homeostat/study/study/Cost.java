package io.homeostat.study.study;

/**
 * What a trial used.
 *
 * @param cpuMillis processor time in milliseconds, at least 0
 * @param gpuMillis time of graphics processors in milliseconds, summed over them, at least 0
 */
public record Cost(long cpuMillis, long gpuMillis) {
    /** Nothing, or not known. */
    public static final Cost NONE = new Cost(0, 0);

    public Cost {
        if (cpuMillis < 0 || gpuMillis < 0) {
            throw new IllegalArgumentException(
                    "cost: cpuMillis " + cpuMillis + ", gpuMillis " + gpuMillis + ": none may be below 0.");
        }
    }

    /** Processor time only. */
    public static Cost cpu(long cpuMillis) {
        return new Cost(cpuMillis, 0);
    }

    Cost plus(Cost other) {
        return new Cost(cpuMillis + other.cpuMillis, gpuMillis + other.gpuMillis);
    }

    Cost minus(Cost other) {
        return new Cost(cpuMillis - other.cpuMillis, gpuMillis - other.gpuMillis);
    }
}
