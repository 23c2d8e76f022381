package io.homeostat.drift.statistics.monitor;

import io.homeostat.drift.statistics.correction.Persistence;
import io.homeostat.drift.statistics.performance.PerformanceWindow;
import io.homeostat.drift.statistics.profile.Reference;
import io.homeostat.drift.statistics.season.RankLevel;
import io.homeostat.drift.statistics.season.SlowShift;
import io.homeostat.drift.statistics.sequential.Adwin;
import io.homeostat.drift.statistics.sequential.ClasswiseEDetector;
import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything the monitor knows of a model. It is changed in place, as it is touched by every labelled row; a host that
 * needs the state of before keeps its bytes. Bounded: the reference is by far the largest part.
 */
public final class MonitorState {
    private static final int TAG = 30;
    private static final int VERSION = 5;
    private static final int BEFORE_SLICES = 2;
    private static final int BEFORE_SHIFTS = 3;
    private static final int ALARM_BY_INDEX = 4;
    private static final byte[] ELSEWHERE = {};

    // the champion, and what it is compared with
    @Nullable
    String champion;

    @Nullable
    Reference reference;

    long routeRevision = -1;
    boolean rolloutActive;

    // counters
    long windowsSeen;
    long outcomesSeen;
    long outcomesIgnored;

    // errors, one by one
    @Nullable
    ClasswiseEDetector eDetector;

    Adwin adwin = new Adwin();
    EventClock clock = new EventClock();
    double learnedLoss;
    double scale = 1;

    // what this champion has shown, and what its predecessors have while nothing was amiss
    double shownLoss;
    double usualLoss;
    double usualLabels;

    @Nullable
    Instant firstOutcome;

    @Nullable
    Instant lastOutcome;

    // windows
    @Nullable
    PerformanceWindow performance;

    @Nullable
    Instant performanceFrom;

    SliceState slices = new SliceState();
    Persistence inputStreaks = new Persistence(1);
    Persistence metricStreaks = new Persistence(1);

    // by feature, where the reference knows how its level goes up and down
    final TreeMap<String, SlowShift> shifts = new TreeMap<>();

    // the alarm
    @Nullable
    Evidence alarm;

    long rowsSinceAlarm; // of predictions made since the change
    boolean retuneAsked;

    @Nullable
    Instant cooldownUntil;

    // from when the time to the next refit counts
    @Nullable
    Instant refitSince;

    /** The state of a model that nothing is known of. */
    public static MonitorState initial(MonitorConfig config) {
        MonitorState state = new MonitorState();
        state.inputStreaks = new Persistence(config.tests().persistence());
        state.metricStreaks = new Persistence(config.tests().persistence());
        return state;
    }

    /** The serving version, if known. */
    public Optional<String> champion() {
        return Optional.ofNullable(champion);
    }

    /** The champion's reference, if it has one. */
    public Optional<Reference> reference() {
        return Optional.ofNullable(reference);
    }

    /** The last route revision looked at; −1 before the first. */
    public long routeRevision() {
        return routeRevision;
    }

    /** Whether a rollout is under way. */
    public boolean rolloutActive() {
        return rolloutActive;
    }

    /** Windows of the champion seen. */
    public long windowsSeen() {
        return windowsSeen;
    }

    /** Outcomes of champions seen. */
    public long outcomesSeen() {
        return outcomesSeen;
    }

    /** When the last outcome became known, in the labels' time. */
    public Optional<Instant> lastOutcome() {
        return Optional.ofNullable(lastOutcome);
    }

    /** Outcomes of versions that were not the champion. */
    public long outcomesIgnored() {
        return outcomesIgnored;
    }

    /** The open alarm's evidence. */
    public Optional<Evidence> alarm() {
        return Optional.ofNullable(alarm);
    }

    /** Whether the open alarm has led to a re-tune being asked for. */
    public boolean retuneAsked() {
        return retuneAsked;
    }

    /** Until when no alarm is opened. */
    public Optional<Instant> cooldownUntil() {
        return Optional.ofNullable(cooldownUntil);
    }

    /** A state of its own that goes on from here. */
    public MonitorState copy() {
        return fromBytes(toBytes());
    }

    /** The state as bytes: equal for equal histories. */
    public byte[] toBytes() {
        return toBytes(reference == null ? ELSEWHERE : reference.toBytes());
    }

    /** The state without its reference, for a host that keeps {@link Reference#toBytes} by itself. */
    public byte[] toBytesWithoutReference() {
        return toBytes(ELSEWHERE);
    }

    private byte[] toBytes(byte[] referenceBytes) {
        StateWriter out = new StateWriter(TAG, VERSION);
        optional(
                out,
                champion == null ? null : new StateWriter(0, 0).text(champion).toBytes());
        optional(out, reference == null ? null : referenceBytes);
        out.fixed(routeRevision)
                .flag(rolloutActive)
                .count(windowsSeen)
                .count(outcomesSeen)
                .count(outcomesIgnored);
        optional(out, eDetector == null ? null : eDetector.toBytes());
        out.bytes(adwin.toBytes());
        clock.write(out);
        out.real(learnedLoss).real(scale);
        out.real(shownLoss).real(usualLoss).real(usualLabels);
        optional(out, firstOutcome);
        optional(out, lastOutcome);
        optional(out, performance == null ? null : performance.toBytes());
        optional(out, performanceFrom);
        out.bytes(inputStreaks.toBytes()).bytes(metricStreaks.toBytes());
        optional(out, alarm == null ? null : EvidenceBytes.write(alarm));
        out.count(rowsSinceAlarm).flag(retuneAsked);
        optional(out, cooldownUntil);
        optional(out, refitSince);
        out.bytes(slices.toBytes());
        out.count(shifts.size());
        shifts.forEach((feature, shift) -> {
            out.text(feature);
            shift.write(out);
        });
        return out.toBytes();
    }

    /** The state that gave these bytes. */
    public static MonitorState fromBytes(byte[] bytes) {
        return fromBytes(bytes, ELSEWHERE);
    }

    /**
     * The state that gave these bytes, which may be without the reference.
     *
     * @param elsewhere the reference's bytes in that case
     */
    public static MonitorState fromBytes(byte[] bytes, byte[] elsewhere) {
        StateReader in = new StateReader("monitor state", bytes, TAG, BEFORE_SLICES, VERSION);
        MonitorState state = new MonitorState();
        state.champion = in.flag() ? new StateReader("champion", in.bytes(), 0, 0).text() : null;
        state.reference = in.flag() ? reference(in.bytes(), elsewhere) : null;
        state.routeRevision = in.fixed();
        state.rolloutActive = in.flag();
        state.windowsSeen = in.count();
        state.outcomesSeen = in.count();
        state.outcomesIgnored = in.count();
        state.eDetector = in.flag() ? ClasswiseEDetector.fromBytes(in.bytes()) : null;
        state.adwin = Adwin.fromBytes(in.bytes());
        state.clock = EventClock.read(in);
        state.learnedLoss = in.real();
        state.scale = in.real();
        state.shownLoss = in.real();
        state.usualLoss = in.real();
        state.usualLabels = in.real();
        state.firstOutcome = in.flag() ? in.instant() : null;
        state.lastOutcome = in.flag() ? in.instant() : null;
        state.performance = in.flag() ? PerformanceWindow.fromBytes(in.bytes()) : null;
        state.performanceFrom = in.flag() ? in.instant() : null;
        state.inputStreaks = Persistence.fromBytes(in.bytes());
        state.metricStreaks = Persistence.fromBytes(in.bytes());
        state.alarm = in.flag() ? EvidenceBytes.read(in.bytes()) : null;
        long counted = in.count();
        state.rowsSinceAlarm = in.version() > ALARM_BY_INDEX ? counted : Math.max(0, state.clock.seen() - counted);
        state.retuneAsked = in.flag();
        state.cooldownUntil = in.flag() ? in.instant() : null;
        state.refitSince = in.flag() ? in.instant() : null;
        if (in.version() > BEFORE_SLICES) {
            state.slices = SliceState.fromBytes(in.bytes());
        }
        if (in.version() > BEFORE_SHIFTS) {
            readShifts(state, in);
        }
        in.end();
        return state;
    }

    private static Reference reference(byte[] here, byte[] elsewhere) {
        if (here.length == 0 && elsewhere.length == 0) {
            throw new IllegalArgumentException(
                    "monitor state: its reference was kept elsewhere and is not there. Read it together with that.");
        }
        return Reference.fromBytes(here.length == 0 ? elsewhere : here);
    }

    private static void readShifts(MonitorState state, StateReader in) {
        int size = in.size();
        for (int i = 0; i < size; i++) {
            String feature = in.text();
            RankLevel level = state.reference()
                    .flatMap(Reference::season)
                    .map(season -> season.slots().rankLevel(feature))
                    .orElseThrow(() -> new IllegalArgumentException(
                            "monitor state: a shift of " + feature + " without a season. The bytes are damaged."));
            state.shifts.put(feature, SlowShift.read(in, level));
        }
    }

    private static void optional(StateWriter out, byte @Nullable [] bytes) {
        out.flag(bytes != null);
        if (bytes != null) {
            out.bytes(bytes);
        }
    }

    private static void optional(StateWriter out, @Nullable Instant instant) {
        out.flag(instant != null);
        if (instant != null) {
            out.instant(instant);
        }
    }
}
