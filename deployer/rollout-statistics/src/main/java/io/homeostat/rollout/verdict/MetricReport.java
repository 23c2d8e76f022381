package io.homeostat.rollout.verdict;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How one metric stands.
 *
 * @param name the guardrail's or the objective's
 * @param verdict what its evidence says
 * @param logE natural logarithm of the e-value behind a {@link Verdict#FAIL}, else of the one that a pass needs
 * @param needed about how many more observations settle it, if things stay as they are; empty if none are needed or no
 *     number of them would do
 * @param about how long they take at the pace so far
 */
public record MetricReport(String name, Verdict verdict, double logE, OptionalLong needed, Optional<Duration> about) {}
