package io.homeostat.retune.remedy;

import java.util.Locale;
import java.util.Optional;

/** What can be done about a model that got worse, the cheapest first. */
public enum Remedy {
    /** Known configurations are fitted on the newest rows. */
    REFIT,
    /** A search of a fifth of the budget's trials, at least {@value #FEWEST}, that begins with what is known. */
    SHORT_SEARCH,
    /** A search of all of them. */
    FULL_SEARCH;

    private static final int FEWEST = 5;
    private static final int PART = 5;

    /**
     * Its trials.
     *
     * @param budget trials at most
     * @param known configurations that are known, one at least
     */
    public int trials(int budget, int known) {
        return switch (this) {
            case REFIT -> Math.min(budget, known);
            case SHORT_SEARCH -> Math.min(budget, Math.max(FEWEST, budget / PART));
            case FULL_SEARCH -> budget;
        };
    }

    /** The cheapest that has more trials than there have been; empty if none has. */
    public static Optional<Remedy> beyond(int trials, int budget) {
        for (Remedy remedy : new Remedy[] {SHORT_SEARCH, FULL_SEARCH}) {
            if (remedy.trials(budget, 1) > trials) {
                return Optional.of(remedy);
            }
        }
        return Optional.empty();
    }

    /** As people say it. */
    @Override
    public String toString() {
        return this == REFIT ? "re-fit" : name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
