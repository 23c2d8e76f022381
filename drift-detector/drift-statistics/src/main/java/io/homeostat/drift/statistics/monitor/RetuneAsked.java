package io.homeostat.drift.statistics.monitor;

import java.time.Instant;

/**
 * The model should be re-tuned.
 *
 * @param evidence the open alarm's, with the rows since the change as of now
 * @param askedAt when
 * @param reason why now
 */
public record RetuneAsked(Evidence evidence, Instant askedAt, String reason) {}
