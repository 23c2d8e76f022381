package io.homeostat.study.insight;

import io.homeostat.study.study.Trial;
import java.util.Optional;

/**
 * What a rule chose.
 *
 * @param trial the one chosen; empty if none meets the rule
 * @param reason why this one, or what is missing
 */
public record Choice(Optional<Trial> trial, String reason) {}
