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
 */
public record Reference(
        String modelVersion, Schema schema, Profile profile, Optional<ReferenceError> error, Optional<Season> season) {
    private static final int TAG = 5;
    private static final int VERSION = 2;

    /** Checks the version. */
    public Reference {
        if (modelVersion.isBlank()) {
            throw new IllegalArgumentException(
                    "modelVersion: it is blank. Name the version this reference belongs to.");
        }
    }

    /** A reference without a season. */
    public Reference(String modelVersion, Schema schema, Profile profile, Optional<ReferenceError> error) {
        this(modelVersion, schema, profile, error, Optional.empty());
    }

    /**
     * What a window is compared with: the profile expected in the hours that the window covers, in as many rows as that
     * is worth, with the variance between windows; the reference's profile itself if it has no season. Old and future
     * windows are alike: only the hour of the week counts.
     */
    public Profile profileFor(Profile window) {
        return season.map(s -> s.expected(profile, window.from(), window.to())).orElse(profile);
    }

    /** An empty window profile over this reference's bins, beginning at an instant; its end follows from merging. */
    public Profile emptyProfile(Instant from) {
        return profile.emptyCopy(from, from);
    }

    /** An empty window profile over this reference's bins. */
    public Profile emptyProfile(Instant from, Instant to) {
        return profile.emptyCopy(from, to);
    }

    /** The same reference under another version's name, for a candidate whose version is given later. */
    public Reference withModelVersion(String version) {
        return new Reference(version, schema, profile, error, season);
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).text(modelVersion);
        schema.write(out);
        out.bytes(profile.toBytes()).flag(error.isPresent());
        error.ifPresent(e -> out.real(e.rate()).real(e.scale()).count(e.labels()));
        out.flag(season.isPresent());
        season.ifPresent(s -> out.bytes(s.toBytes()));
        return out.toBytes();
    }

    /** The reference that gave these bytes. */
    public static Reference fromBytes(byte[] bytes) {
        StateReader in = new StateReader("reference", bytes, TAG, VERSION);
        String version = in.text();
        Schema schema = Schema.read(in);
        Profile profile = Profile.fromBytes(in.bytes());
        Optional<ReferenceError> error =
                in.flag() ? Optional.of(new ReferenceError(in.real(), in.real(), in.count())) : Optional.empty();
        Optional<Season> season = in.flag() ? Optional.of(Season.fromBytes(in.bytes())) : Optional.empty();
        in.end();
        return new Reference(version, schema, profile, error, season);
    }
}
