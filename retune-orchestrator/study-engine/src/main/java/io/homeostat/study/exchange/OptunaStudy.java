package io.homeostat.study.exchange;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A study of a journal while the journal is replayed.
 *
 * @param name unique in the journal
 * @param directions 1 to minimise, 2 to maximise
 */
record OptunaStudy(
        String name,
        List<Long> directions,
        List<OptunaTrial> trials,
        Map<String, @Nullable Object> userAttributes,
        Map<String, @Nullable Object> systemAttributes) {

    OptunaStudy(String name, List<Long> directions) {
        this(name, directions, new ArrayList<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
    }
}
