package io.homeostat.study.study;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** In which order the trials of a study that was put together have ended. */
final class Endings {
    private Endings() {}

    /** The numbers of the trials that have ended: as given, or, if that is empty, by their time, then by number. */
    static List<Integer> of(List<Trial> trials, List<Integer> endings) {
        return endings.isEmpty() ? byTime(trials) : checked(endings, trials);
    }

    private static List<Integer> byTime(List<Trial> trials) {
        Comparator<Trial> byEnd = Comparator.comparing(trial -> trial.endedAt().orElseThrow());
        return trials.stream()
                .filter(trial -> !trial.state().open())
                .sorted(byEnd.thenComparingInt(Trial::number))
                .map(Trial::number)
                .toList();
    }

    private static List<Integer> checked(List<Integer> endings, List<Trial> trials) {
        List<Integer> sorted = endings.stream().sorted().toList();
        List<Integer> ended = IntStream.range(0, trials.size())
                .filter(i -> !trials.get(i).state().open())
                .boxed()
                .toList();
        if (!sorted.equals(ended)) {
            throw new IllegalArgumentException(
                    "study.endings: does not name each trial that has ended once. Leave it out if it is not known.");
        }
        return endings;
    }
}
