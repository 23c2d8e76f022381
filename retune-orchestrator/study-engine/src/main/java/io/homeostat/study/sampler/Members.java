package io.homeostat.study.sampler;

import io.homeostat.study.pruner.Rungs;
import io.homeostat.study.trial.Derivation;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.Ranking;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The members of a population in training: of each, the newest trial that has ended. */
final class Members {
    /** Brings them up to date. */
    static final Derivation<Members> OF_ALL = Members::derive;

    /** The note that says which member a trial trains. */
    static final String MEMBER = "member";

    /** The note that says up to which step. */
    static final String UNTIL_STEP = "untilStep";

    private static final int MOST = 100_000;

    private final int[] newest; // by member: place in the history; -1 if none has ended

    private Members(int[] newest) {
        this.newest = newest;
    }

    private static Members derive(History history, @Nullable Members before, int known) {
        int[] newest = before == null ? new int[0] : before.newest.clone();
        for (int i = known; i < history.size(); i++) {
            int member = member(history.get(i).notes());
            if (member >= newest.length) {
                int had = newest.length;
                newest = Arrays.copyOf(newest, member + 1);
                Arrays.fill(newest, had, newest.length, -1);
            }
            if (member >= 0
                    && (newest[member] < 0
                            || history.get(newest[member]).number()
                                    < history.get(i).number())) {
                newest[member] = i;
            }
        }
        return new Members(newest);
    }

    /** The member that a trial with these notes trains; -1 if it trains none. */
    static int member(Map<String, String> notes) {
        long member = number(notes.getOrDefault(MEMBER, ""));
        return member < MOST ? (int) member : -1;
    }

    private static long number(String note) {
        boolean valid = !note.isEmpty() && note.length() < 19 && note.chars().allMatch(c -> c >= '0' && c <= '9');
        return valid ? Long.parseLong(note) : -1;
    }

    /** Up to which step a trial has trained: as far as it was to, or where it was stopped; 0 if it failed. */
    static long step(FinishedTrial trial) {
        if (trial.failed()) {
            return 0;
        }
        long until = number(trial.notes().getOrDefault(UNTIL_STEP, ""));
        long from = Math.max(0, number(trial.notes().getOrDefault(Rungs.FROM_STEP, "")));
        return trial.complete() && until >= 0 ? until : Math.max(from, trial.step());
    }

    /** How many members have a number up to the largest that is known. */
    int size() {
        return newest.length;
    }

    /** The newest trial of a member that has ended, as its place in the history; -1 if there is none. */
    int newest(int member) {
        return member < newest.length ? newest[member] : -1;
    }

    /** The newest trials of all members that have a value, as places in the history, the best first. */
    int[] ranked(History history) {
        Comparator<FinishedTrial> worth = Ranking.worth(history.goals().get(0)).thenComparingInt(FinishedTrial::number);
        return IntStream.of(newest)
                .filter(trial -> trial >= 0 && !history.get(trial).failed())
                .boxed()
                .sorted((a, b) -> worth.compare(history.get(a), history.get(b)))
                .mapToInt(i -> i)
                .toArray();
    }
}
