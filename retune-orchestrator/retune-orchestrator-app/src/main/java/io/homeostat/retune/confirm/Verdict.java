package io.homeostat.retune.confirm;

/**
 * What the hold-out says of the winner.
 *
 * @param candidate whether it is proposed
 * @param reason the numbers, in a sentence
 */
public record Verdict(boolean candidate, String reason) {}
