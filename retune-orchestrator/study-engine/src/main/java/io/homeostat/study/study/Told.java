package io.homeostat.study.study;

/**
 * The answer to a result.
 *
 * @param state the study from here on
 * @param accepted whether the result counts; one for an ended trial or by a replaced attempt does not
 * @param reason what became of it
 */
public record Told(StudyState state, boolean accepted, String reason) {}
