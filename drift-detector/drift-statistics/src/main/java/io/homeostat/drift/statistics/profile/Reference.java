package io.homeostat.drift.statistics.profile;

import io.homeostat.drift.statistics.state.StateReader;
import io.homeostat.drift.statistics.state.StateWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a version of a model is compared with: the profile of the rows it was judged on, whose bins every window uses,
 * and how much it erred there. Renewed only by a promotion. Not to be changed once made.
 *
 * @param modelVersion whose reference this is
 * @param schema the features
 * @param profile the reference rows
 * @param error the reference's errors; empty if there were no labels
 */
public record Reference(String modelVersion, Schema schema, Profile profile, Optional<ReferenceError> error) {
    private static final int TAG = 5;
    private static final int VERSION = 1;

    /** Checks the version. */
    public Reference {
        if (modelVersion.isBlank()) {
            throw new IllegalArgumentException(
                    "modelVersion: it is blank. Name the version this reference belongs to.");
        }
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
        return new Reference(version, schema, profile, error);
    }

    /** The state as bytes. */
    public byte[] toBytes() {
        StateWriter out = new StateWriter(TAG, VERSION).text(modelVersion);
        out.count(schema.features().size());
        schema.features().forEach((name, type) -> out.text(name).flag(type == FeatureType.NUMERIC));
        out.bytes(profile.toBytes()).flag(error.isPresent());
        error.ifPresent(e -> out.real(e.rate()).real(e.scale()).count(e.labels()));
        return out.toBytes();
    }

    /** The reference that gave these bytes. */
    public static Reference fromBytes(byte[] bytes) {
        StateReader in = new StateReader("reference", bytes, TAG, VERSION);
        String version = in.text();
        Map<String, FeatureType> features = new LinkedHashMap<>();
        int size = in.size();
        for (int i = 0; i < size; i++) {
            features.put(in.text(), in.flag() ? FeatureType.NUMERIC : FeatureType.CATEGORICAL);
        }
        Profile profile = Profile.fromBytes(in.bytes());
        Optional<ReferenceError> error =
                in.flag() ? Optional.of(new ReferenceError(in.real(), in.real(), in.count())) : Optional.empty();
        in.end();
        return new Reference(version, new Schema(features), profile, error);
    }
}
