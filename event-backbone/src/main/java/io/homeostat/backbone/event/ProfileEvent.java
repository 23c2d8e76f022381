package io.homeostat.backbone.event;

import io.homeostat.backbone.serde.Check;
import java.time.Instant;
import java.util.Map;

/**
 * A merged window profile, summarised for people and pages.
 *
 * @param model the model
 * @param modelVersion the version that answered
 * @param windowFrom the window's first instant
 * @param windowTo the window's end, exclusive
 * @param rows predictions in it
 * @param labelled outcomes in it
 * @param performance metric values by name
 */
public record ProfileEvent(
        String model,
        String modelVersion,
        Instant windowFrom,
        Instant windowTo,
        long rows,
        long labelled,
        Map<String, Double> performance) {
    public ProfileEvent {
        Check.name("model", model);
        Check.text("modelVersion", modelVersion);
        Check.present("windowFrom", windowFrom);
        Check.present("windowTo", windowTo);
        Check.that(windowFrom.isBefore(windowTo), "windowTo", windowTo + " is not after windowFrom " + windowFrom);
        performance = Map.copyOf(Check.present("performance", performance));
    }
}
