package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.sequential.Moments;
import io.homeostat.rollout.sequential.PairedBetting;

/**
 * What labels say about the candidate's gain over the champion: of requests that both versions computed, or, where none is, of
 * requests that one answered. The first request of both ends the other kind: then copies are made, those that are missing
 * were not left out by chance, and what one side says alone would be a selection.
 *
 * @param candidateBetter pairs in the candidate's favour
 * @param stableBetter pairs in the champion's favour
 * @param singles labels of requests that one side answered
 * @param differences count, mean and variance of the differences, or of the estimates by single labels
 * @param superiority test that the candidate is better
 * @param nonInferiority test that it is not worse by the margin
 * @param harm test that it is worse
 * @param highestSuperiorityLogE the most that {@code superiority} has ever said
 */
public record PairedEvidence(
        long candidateBetter,
        long stableBetter,
        ArmLosses singles,
        Moments differences,
        PairedBetting superiority,
        PairedBetting nonInferiority,
        PairedBetting harm,
        double highestSuperiorityLogE) {
    /** Before the first label. */
    public static PairedEvidence start(double margin) {
        return new PairedEvidence(
                0,
                0,
                ArmLosses.NONE,
                Moments.none(),
                PairedBetting.superiority(),
                PairedBetting.nonInferiority(margin),
                PairedBetting.harm(),
                0);
    }

    /** How many labels are counted. */
    public long labels() {
        return differences.count();
    }

    private boolean ofPairs() {
        return labels() > singles.count();
    }

    private boolean ofSingles() {
        return singles.count() > 0;
    }

    private PairedEvidence afresh() {
        return start(-nonInferiority.bound());
    }

    /** One labelled pair. */
    public PairedEvidence observe(double difference) {
        PairedEvidence before = ofSingles() ? afresh() : this;
        return new PairedEvidence(
                        before.candidateBetter + (difference > 0 ? 1 : 0),
                        before.stableBetter + (difference < 0 ? 1 : 0),
                        before.singles,
                        before.differences.observe(difference),
                        before.superiority.observe(difference),
                        before.nonInferiority.observe(difference),
                        before.harm.observe(difference),
                        before.highestSuperiorityLogE)
                .noted();
    }

    /** One label of a request that one side alone answered. */
    PairedEvidence observe(RolloutInput.SingleOutcome outcome) {
        if (ofPairs()) {
            return this;
        }
        double gain = outcome.gain();
        double lowest = outcome.lowest();
        double highest = outcome.highest();
        return new PairedEvidence(
                        0,
                        0,
                        singles.observe(outcome.arm(), outcome.loss()),
                        differences.observe(gain),
                        superiority.observe(gain, lowest, highest),
                        nonInferiority.observe(gain, lowest, highest),
                        harm.observe(gain, lowest, highest),
                        highestSuperiorityLogE)
                .noted();
    }

    /** With labels that were gathered apart. */
    PairedEvidence and(PairedEvidence other) {
        if (ofSingles() && other.ofPairs()) {
            return other.noted();
        }
        if (ofPairs() && other.ofSingles()) {
            return this;
        }
        return new PairedEvidence(
                        candidateBetter + other.candidateBetter,
                        stableBetter + other.stableBetter,
                        singles.and(other.singles),
                        differences.and(other.differences),
                        superiority.and(other.superiority),
                        nonInferiority.and(other.nonInferiority),
                        harm.and(other.harm),
                        highestSuperiorityLogE)
                .noted();
    }

    private PairedEvidence noted() {
        double now = superiority.logE();
        return now <= highestSuperiorityLogE
                ? this
                : new PairedEvidence(
                        candidateBetter, stableBetter, singles, differences, superiority, nonInferiority, harm, now);
    }
}
