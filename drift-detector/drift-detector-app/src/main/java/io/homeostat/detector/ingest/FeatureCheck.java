package io.homeostat.detector.ingest;

import io.homeostat.backbone.event.FeatureValues;
import io.homeostat.backbone.spec.FeatureKind;
import io.homeostat.backbone.spec.ModelSpec;

/**
 * What is to be looked at in rows of the same names: whether all features of the spec are among them is known beforehand.
 *
 * @param names the rows' names
 * @param complete whether no feature is missing
 * @param numeric the places of the features that must not be texts
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FeatureCheck(FeatureValues.Names names, boolean complete, int[] numeric) {
    static FeatureCheck of(ModelSpec spec, FeatureValues.Names names) {
        boolean complete = spec.features().keySet().stream().allMatch(name -> names.placeOf(name) >= 0);
        int[] numeric = spec.features().entrySet().stream()
                .filter(feature -> feature.getValue() == FeatureKind.NUMERIC)
                .mapToInt(feature -> names.placeOf(feature.getKey()))
                .toArray();
        return new FeatureCheck(names, complete, numeric);
    }

    /** Whether it is of these very names. */
    @SuppressWarnings("ReferenceEquality") // what was read once is used again
    boolean isOf(FeatureValues.Names others) {
        return names == others;
    }

    /** Whether a row of these names fits; if not, someone else says why. */
    boolean fits(FeatureValues row) {
        if (!complete) {
            return false;
        }
        if (row.hasTexts()) {
            for (int place : numeric) {
                if (row.text(place) != null) {
                    return false;
                }
            }
        }
        return true;
    }
}
