package io.homeostat.drift.statistics.monitor;

import java.time.Instant;
import java.util.Optional;

/**
 * The model should be re-tuned.
 *
 * @param evidence the open alarm's, with the rows since the change as of now; empty where the schedule asks for a refit
 * @param askedAt when
 * @param reason why now
 */
public record RetuneAsked(Optional<Evidence> evidence, Instant askedAt, String reason) {}
