package io.homeostat.drift.statistics.season;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/**
 * What each feature of a reference looked like in every hour of the week, as counts; and from that what it is expected
 * to look like in any span of time.
 *
 * <p>Idea: hours of week shrink towards hours of day, those towards the whole ({@link Credibility}); a span mixes the
 * hours it covers by their usual traffic ({@link Mixture}); what windows differ beyond chance is known from replaying
 * the reference's own windows ({@link Wander}), and how levels go up and down from its days ({@link RankLevel}).
 *
 * <p>Memory: 168 × (cells × 4 + 8) bytes per feature, 24 kB with 33 cells. Merges by adding, exactly, in any order but
 * for the rounding of the replays' sums; of two levels that of more days stays.
 */
public final class SeasonalReference {
    private static final int TAG = 43;
    private static final int VERSION = 2;
    private static final int BEFORE_LEVELS = 1;

    private final WeekClock clock;
    private final double[] hours;
    private Level level;
    private final Map<String, Part> parts = new TreeMap<>();

    /* A feature's counts. Their credibility is derived. */
    private static final class Part {
        private final SlotCounts counts;
        private final boolean ordered;
        private final Replays replays;
        private RankLevel rankLevel;
        private Credibility credibility;

        Part(SlotCounts counts, boolean ordered, Replays replays, RankLevel rankLevel, Level level) {
            this.counts = counts;
            this.ordered = ordered;
            this.replays = replays;
            this.rankLevel = rankLevel;
            this.credibility = Credibility.of(counts, ordered, level);
        }
    }

    private SeasonalReference(WeekClock clock, Level level, double[] hours) {
        this.clock = clock;
        this.level = level;
        this.hours = hours;
    }

    /** One that knows no feature yet, of rows between two instants. */
    static SeasonalReference over(WeekClock clock, Instant from, Instant to) {
        return new SeasonalReference(clock, Level.of(Duration.between(from, to)), clock.hours(from, to));
    }

    void put(String feature, SlotCounts counts, boolean ordered, Replays replays, RankLevel rankLevel) {
        parts.put(feature, new Part(counts, ordered, replays, rankLevel, level));
    }

    /** The clock. */
    public WeekClock clock() {
        return clock;
    }

    /** How finely it tells times apart. */
    public Level level() {
        return level;
    }

    /** What a feature is expected to look like between two instants. Errors: a feature that it does not know. */
    public Mixture expected(String feature, Instant from, Instant to) {
        Part part = part(feature);
        return Mixture.of(part.counts, part.credibility, traffic(part.counts, clock.hours(from, to)));
    }

    /** How much the feature's windows differ beyond chance. */
    public Wander wander(String feature) {
        return part(feature).replays.wander();
    }

    /** How the feature's level goes up and down beyond its hours of the week. */
    public RankLevel rankLevel(String feature) {
        return part(feature).rankLevel;
    }

    /** A feature's counts; not to be changed. */
    public SlotCounts counts(String feature) {
        return part(feature).counts;
    }

    /** Adds the rows of another one with the same clock, features and cells, from another time or partition. */
    public void merge(SeasonalReference other) {
        if (!other.clock.equals(clock) || !other.parts.keySet().equals(parts.keySet())) {
            throw new IllegalArgumentException("season: " + other.clock + " with " + other.parts.keySet()
                    + " cannot be merged into " + clock + " with " + parts.keySet() + ".");
        }
        for (Map.Entry<String, Part> entry : parts.entrySet()) {
            if (entry.getValue().counts.cells() != other.counts(entry.getKey()).cells()) {
                throw new IllegalArgumentException("season: " + entry.getKey() + " has other cells.");
            }
        }
        level = level.compareTo(other.level) >= 0 ? level : other.level;
        for (int slot = 0; slot < hours.length; slot++) {
            hours[slot] += other.hours[slot];
        }
        parts.forEach((feature, part) -> {
            Part theirs = other.part(feature);
            part.counts.merge(theirs.counts);
            part.replays.merge(theirs.replays);
            part.rankLevel = theirs.rankLevel.blocks() > part.rankLevel.blocks() ? theirs.rankLevel : part.rankLevel;
            part.credibility = Credibility.of(part.counts, part.ordered, level);
        });
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION)
                .fixed(clock.offset().getTotalSeconds())
                .count(level.ordinal())
                .reals(hours)
                .count(parts.size());
        parts.forEach((feature, part) -> {
            out.text(feature).flag(part.ordered);
            part.counts.write(out);
            part.replays.write(out);
            part.rankLevel.write(out);
        });
        return out.toBytes();
    }

    /** The season that gave these bytes. */
    public static SeasonalReference fromBytes(byte[] bytes) {
        StateReader in = new StateReader("season", bytes, TAG, BEFORE_LEVELS, VERSION);
        WeekClock clock = new WeekClock(ZoneOffset.ofTotalSeconds((int) in.fixed()));
        Level level = Level.values()[in.sizeIn(0, Level.values().length - 1)];
        double[] hours = in.reals();
        if (hours.length != WeekClock.WEEK) {
            throw new IllegalArgumentException("season: " + hours.length + " slots. The bytes are damaged.");
        }
        SeasonalReference season = new SeasonalReference(clock, level, hours);
        int size = in.size();
        for (int i = 0; i < size; i++) {
            String feature = in.text();
            boolean ordered = in.flag();
            SlotCounts counts = SlotCounts.read(in);
            if (in.version() > BEFORE_LEVELS) {
                season.put(feature, counts, ordered, Replays.read(in), RankLevel.read(in));
            } else {
                season.put(feature, counts, ordered, Replays.readSums(in), RankLevel.NONE);
            }
        }
        in.end();
        return season;
    }

    /* Shares of the rows per slot: hours covered × rows per hour; a slot never seen has its hour of day's traffic. */
    private double[] traffic(SlotCounts counts, double[] covered) {
        double[] dayRows = new double[WeekClock.DAY];
        double[] dayHours = new double[WeekClock.DAY];
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            dayRows[slot % WeekClock.DAY] += counts.rows(slot);
            dayHours[slot % WeekClock.DAY] += hours[slot];
        }
        double[] weights = new double[WeekClock.WEEK];
        double sum = 0;
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            boolean seen = level == Level.HOUR_OF_WEEK && hours[slot] > 0;
            double rows = seen ? counts.rows(slot) : dayRows[slot % WeekClock.DAY];
            double time = seen ? hours[slot] : dayHours[slot % WeekClock.DAY];
            weights[slot] = level == Level.GLOBAL || time == 0 ? covered[slot] : covered[slot] * rows / time;
            sum += weights[slot];
        }
        for (int slot = 0; slot < WeekClock.WEEK; slot++) {
            weights[slot] = sum > 0 ? weights[slot] / sum : covered[slot] / total(covered);
        }
        return weights;
    }

    private static double total(double[] values) {
        double total = 0;
        for (double value : values) {
            total += value;
        }
        return total;
    }

    private Part part(String feature) {
        Part part = parts.get(feature);
        if (part == null) {
            throw new IllegalArgumentException("season: there is no feature '" + feature + "'.");
        }
        return part;
    }
}
