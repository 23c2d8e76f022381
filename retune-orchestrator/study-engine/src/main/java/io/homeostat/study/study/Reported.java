package io.homeostat.study.study;

import io.homeostat.study.pruner.PruneDecision;

/**
 * The answer to a report.
 *
 * @param state the study from here on; unchanged if not accepted
 * @param decision whether the worker is to stop; always with a reason
 * @param accepted whether the report counts; one for an ended trial or by a replaced attempt does not
 */
public record Reported(StudyState state, PruneDecision decision, boolean accepted) {}
