package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.Optional;

/**
 * What a version of a model is compared with: the profile of the rows it was judged on, whose bins every window uses,
 * and how much it erred there. Renewed only by a promotion. Not to be changed once made.
 *
 * @param modelVersion whose reference this is
 * @param schema the features
 * @param profile the reference rows
 * @param error the reference's errors; empty if there were no labels
 * @param season what it looks like in each hour of the week; empty if its rows came without times
 * @param rows a sample of its rows, for tests of the joint distribution; empty if none was asked for
 */
public record Reference(
        String modelVersion,
        Schema schema,
        Profile profile,
        Optional<ReferenceError> error,
        Optional<Season> season,
        Optional<RowSample> rows) {
    private static final int TAG = 5;
    private static final int VERSION = 2;
    private static final int VERSION_WITH_ROWS = 3; // without rows the bytes are those of 2

    /** Checks the version. */
    public Reference {
        if (modelVersion.isBlank()) {
            throw new IllegalArgumentException(
                    "modelVersion: it is blank. Name the version this reference belongs to.");
        }
    }

    /** A reference without a season and without rows. */
    public Reference(String modelVersion, Schema schema, Profile profile, Optional<ReferenceError> error) {
        this(modelVersion, schema, profile, error, Optional.empty(), Optional.empty());
    }

    /**
     * What a window is compared with: the profile expected in the hours that the window covers, in as many rows as that
     * is worth, with the variance between windows; the reference's profile itself if it has no season. Old and future
     * windows are alike: only the hour of the week counts.
     */
    public Profile profileFor(Profile window) {
        return season.map(s -> s.expected(profile, window.from(), window.to())).orElse(profile);
    }

    /** The rows that a window's are compared with: where a season is known, those of the hours that the window covers. */
    public Optional<RowSample> rowsFor(Profile window) {
        return rows.map(all ->
                season.map(s -> s.ofHours(all, window.from(), window.to())).orElse(all));
    }

    /** An empty window profile over this reference's bins, beginning at an instant; its end follows from merging. */
    public Profile emptyProfile(Instant from) {
        return profile.emptyCopy(from, from);
    }

    /** What the windows that are compared with this reference have in common. */
    public ProfileShape shape() {
        return profile.shape();
    }

    /** An empty window profile over this reference's bins. */
    public Profile emptyProfile(Instant from, Instant to) {
        return profile.emptyCopy(from, to);
    }

    /** The same reference under another version's name, for a candidate whose version is given later. */
    public Reference withModelVersion(String version) {
        return new Reference(version, schema, profile, error, season, rows);
    }

    /** The same; without its season and its rows if with them it takes more bytes than so many. */
    public Reference within(long mostBytes) {
        return toBytes().length <= mostBytes
                ? this
                : new Reference(modelVersion, schema, profile, error, Optional.empty(), Optional.empty());
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, rows.isPresent() ? VERSION_WITH_ROWS : VERSION).text(modelVersion);
        schema.write(out);
        out.bytes(profile.toBytes()).flag(error.isPresent());
        error.ifPresent(e -> out.real(e.rate()).real(e.scale()).count(e.labels()));
        out.flag(season.isPresent());
        season.ifPresent(s -> out.bytes(s.toBytes()));
        rows.ifPresent(r -> out.bytes(r.toBytes()));
        return out.toBytes();
    }

    /** The reference that gave these bytes. */
    public static Reference fromBytes(byte[] bytes) {
        boolean withRows = bytes.length > 1 && bytes[1] == VERSION_WITH_ROWS;
        StateReader in = new StateReader("reference", bytes, TAG, withRows ? VERSION_WITH_ROWS : VERSION);
        String version = in.text();
        Schema schema = Schema.read(in);
        Profile profile = Profile.fromBytes(in.bytes());
        Optional<ReferenceError> error =
                in.flag() ? Optional.of(new ReferenceError(in.real(), in.real(), in.count())) : Optional.empty();
        Optional<Season> season = in.flag() ? Optional.of(Season.fromBytes(in.bytes())) : Optional.empty();
        Optional<RowSample> rows = withRows ? Optional.of(RowSample.fromBytes(in.bytes())) : Optional.empty();
        in.end();
        return new Reference(version, schema, profile, error, season, rows);
    }
}
