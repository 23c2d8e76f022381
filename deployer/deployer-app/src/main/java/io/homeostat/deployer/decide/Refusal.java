package io.homeostat.deployer.decide;

import io.homeostat.backbone.deadletter.DeadLetter;

/**
 * What was asked cannot be done; it is set aside.
 *
 * @param reason the kind of problem
 * @param message what is wrong, with a way out
 */
public record Refusal(DeadLetter.Reason reason, String message) {}
