package io.homeostat.retune.warmstart;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The champion as the warm start sees it.
 *
 * @param version its name
 * @param parameters its configuration; absent if it was not found by a re-tune that is still remembered
 */
public record Incumbent(String version, @Nullable Map<String, Object> parameters) {}
