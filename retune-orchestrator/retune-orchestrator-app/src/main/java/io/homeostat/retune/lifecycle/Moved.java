package io.homeostat.retune.lifecycle;

import java.util.List;

/**
 * What came of something that happened to a re-tune.
 *
 * @param next where it stands now
 * @param said what is told of it, in order
 */
record Moved(Retune next, List<Output> said) {
    Moved {
        said = List.copyOf(said);
    }

    static Moved stays(Retune same) {
        return new Moved(same, List.of());
    }
}
