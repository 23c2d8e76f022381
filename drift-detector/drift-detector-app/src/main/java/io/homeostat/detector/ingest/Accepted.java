package io.homeostat.detector.ingest;

import io.homeostat.backbone.event.PredictionEvent;

/**
 * A prediction that fits its spec and awaits no label, on its way within a task.
 *
 * @param model so that it need not be looked up again
 */
public record Accepted(PredictionEvent prediction, KnownModel model) {}
