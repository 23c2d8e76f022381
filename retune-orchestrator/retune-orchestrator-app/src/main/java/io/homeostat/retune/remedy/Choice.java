package io.homeostat.retune.remedy;

import java.util.List;

/**
 * The remedy that was chosen.
 *
 * @param remedy the remedy
 * @param reason why, in a sentence
 * @param expected what each was expected to bring; empty if that is not known
 */
public record Choice(Remedy remedy, String reason, List<Expectation> expected) {
    public Choice {
        expected = List.copyOf(expected);
    }

    /** One without a comparison. */
    public static Choice of(Remedy remedy, String reason) {
        return new Choice(remedy, reason, List.of());
    }
}
