package io.homeostat.study.study;

import java.util.Optional;

/**
 * The answer to "what next?".
 *
 * @param state the study from here on
 * @param trial what to try; empty if there is nothing now
 * @param reason where the configuration came from, or why there is none
 */
public record Asked(StudyState state, Optional<Trial> trial, String reason) {}
