package io.homeostat.detector.profile;

import io.homeostat.backbone.event.FeatureValues;
import io.homeostat.backbone.event.LabelEvent;
import io.homeostat.drift.statistics.profile.PlacedRow;
import org.jspecify.annotations.Nullable;

/** The features of one prediction after another, as a profile takes them in. */
final class PlacedFeatures implements PlacedRow {
    @SuppressWarnings("NullAway.Init")
    private FeatureValues row;

    PlacedFeatures of(FeatureValues features) {
        row = features;
        return this;
    }

    @Override
    public Object layout() {
        return row.names();
    }

    @Override
    public int placeOf(String feature) {
        return row.names().placeOf(feature);
    }

    @Override
    public double number(int place) {
        return row.number(place);
    }

    /** A category may be written as a number; its profile wants the name. */
    @Override
    public @Nullable String text(int place) {
        String text = row.text(place);
        double number = row.number(place);
        return text == null && !Double.isNaN(number) ? LabelEvent.text("features", number) : text;
    }
}
