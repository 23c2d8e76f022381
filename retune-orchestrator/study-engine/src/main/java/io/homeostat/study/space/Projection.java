package io.homeostat.study.space;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration of another space seen in this one.
 *
 * @param configuration a point of this space
 * @param kept parameters taken over
 * @param dropped parameters of the other space that could not be taken over → why
 * @param filled parameters of this space that the other configuration had no usable value for
 */
public record Projection(
        Configuration configuration, List<String> kept, Map<String, String> dropped, List<String> filled) {

    public Projection {
        kept = List.copyOf(kept);
        dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
        filled = List.copyOf(filled);
    }
}
