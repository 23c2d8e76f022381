package io.homeostat.drift.statistics.state;

/**
 * The fields of a state, gone through once in a fixed order, to be written or to be read. One method that says {@code x =
 * fields.real(x)} for each field both saves and restores, so the two cannot get out of step.
 */
public interface StateFields {
    /** Writes the flag and returns it, or returns the one read. */
    boolean flag(boolean value);

    /** Writes a count of zero or more and returns it, or returns the one read. */
    long count(long value);

    /** Writes a size and returns it, or returns the one read; one above {@code most} is an error. */
    int size(int value, int most);

    /** Writes any 64 bits and returns them, or returns those read. */
    long fixed(long value);

    /** Writes a number and returns it, or returns the one read. */
    double real(double value);

    /** Writes the first {@code size} numbers, or reads them into place. */
    default void reals(double[] values, int size) {
        for (int i = 0; i < size; i++) {
            values[i] = real(values[i]);
        }
    }

    /** Writes all counts, or reads them into place. */
    default void counts(long[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = count(values[i]);
        }
    }

    /** Fields that are written. */
    static StateFields to(StateWriter out) {
        return new Writing(out);
    }

    /** Fields that are read. */
    static StateFields from(StateReader in) {
        return new Reading(in);
    }

    /** Writes each field. */
    record Writing(StateWriter out) implements StateFields {
        @Override
        public boolean flag(boolean value) {
            out.flag(value);
            return value;
        }

        @Override
        public long count(long value) {
            out.count(value);
            return value;
        }

        @Override
        public int size(int value, int most) {
            out.count(value);
            return value;
        }

        @Override
        public long fixed(long value) {
            out.fixed(value);
            return value;
        }

        @Override
        public double real(double value) {
            out.real(value);
            return value;
        }
    }

    /** Reads each field; what is passed is not looked at. */
    record Reading(StateReader in) implements StateFields {
        @Override
        public boolean flag(boolean value) {
            return in.flag();
        }

        @Override
        public long count(long value) {
            return in.count();
        }

        @Override
        public int size(int value, int most) {
            return in.sizeIn(0, most);
        }

        @Override
        public long fixed(long value) {
            return in.fixed();
        }

        @Override
        public double real(double value) {
            return in.real();
        }
    }
}
