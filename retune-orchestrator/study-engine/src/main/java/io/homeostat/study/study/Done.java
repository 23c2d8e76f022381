package io.homeostat.study.study;

/**
 * Whether a study has come to its end.
 *
 * @param done whether there is nothing left to wait for
 * @param reason why, or what is left
 */
public record Done(boolean done, String reason) {}
