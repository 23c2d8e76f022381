package io.homeostat.study.sampler;

import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Ranking;
import io.homeostat.study.trial.RunningTrial;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The population of a {@link DifferentialEvolutionSampler}: by slot, how many trials were made for it and the best of them,
 * the newer one of equals. A trial that no slot is noted for, such as an enqueued one, is in the slot of its number.
 */
final class Slots {
    /** The note that says which slot a trial is made for. */
    static final String NOTE = "slot";

    private final int[] ended; // by slot
    private final int[] holders; // by slot: the place in the history; -1 if there is none
    private final int[] best; // holders, the best first

    private Slots(History history, int[] ended, int[] holders) {
        this.ended = ended;
        this.holders = holders;
        Comparator<FinishedTrial> worth = Ranking.worth(history.goals().get(0)).thenComparing(FinishedTrial::number);
        best = Arrays.stream(holders)
                .filter(holder -> holder >= 0)
                .boxed()
                .sorted((a, b) -> worth.compare(history.get(a), history.get(b)))
                .mapToInt(i -> i)
                .toArray();
    }

    /**
     * Brings them up to date.
     *
     * @param count how many slots there are
     */
    record Of(int count) implements Derivation<Slots> {
        @Override
        public Slots derive(History history, @Nullable Slots before, int known) {
            int[] ended = before == null ? new int[count] : before.ended.clone();
            int[] holders =
                    before == null ? IntStream.range(0, count).map(i -> -1).toArray() : before.holders.clone();
            Comparator<FinishedTrial> worth = Ranking.worth(history.goals().get(0))
                    .thenComparing(Comparator.comparing(FinishedTrial::number).reversed());
            for (int i = known; i < history.size(); i++) {
                FinishedTrial trial = history.get(i);
                int slot = slot(trial.number(), trial.notes(), count);
                ended[slot]++;
                if (!trial.failed() && (holders[slot] < 0 || worth.compare(trial, history.get(holders[slot])) < 0)) {
                    holders[slot] = i;
                }
            }
            return new Slots(history, ended, holders);
        }
    }

    private static int slot(int number, Map<String, String> notes, int count) {
        String note = notes.getOrDefault(NOTE, "");
        boolean valid = !note.isEmpty() && note.length() < 9 && note.chars().allMatch(c -> c >= '0' && c <= '9');
        return (valid ? Integer.parseInt(note) : number) % count;
    }

    /** The slot that has the fewest trials, running ones included. */
    int next(List<RunningTrial> running) {
        int[] trials = ended.clone();
        running.forEach(trial -> trials[slot(trial.number(), trial.notes(), trials.length)]++);
        return IntStream.range(0, trials.length)
                .boxed()
                .min(Comparator.comparingInt(slot -> trials[slot]))
                .orElseThrow();
    }

    /** The trial that holds a slot, as its place in the history; -1 if none does. */
    int holder(int slot) {
        return holders[slot];
    }

    /** How many slots are held. */
    int held() {
        return best.length;
    }

    /** One of the best fifth of all holders, of the best two at least. */
    int oneOfTheBest(RandomGenerator random) {
        return best[random.nextInt(Math.max(2, best.length / 5))];
    }

    /** A slot that is held and is none of these; at least three must be held. */
    int another(int slot, int orThis, RandomGenerator random) {
        int drawn = random.nextInt(holders.length);
        while (holders[drawn] < 0 || drawn == slot || drawn == orThis) {
            drawn = random.nextInt(holders.length);
        }
        return drawn;
    }
}
