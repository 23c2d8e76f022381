package io.homeostat.retune.lifecycle;

import java.util.List;

/**
 * What came of something that happened to a model.
 *
 * @param state the model from there on
 * @param said what is told of it, in order
 */
public record Outcome(ModelState state, List<Output> said) {}
