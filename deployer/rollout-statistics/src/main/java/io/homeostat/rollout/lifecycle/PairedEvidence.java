package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.sequential.Moments;
import io.homeostat.rollout.sequential.PairedBetting;

/**
 * What labels say about requests that both versions computed.
 *
 * @param candidateBetter pairs in the candidate's favour
 * @param stableBetter pairs in the champion's favour
 * @param differences count, mean and variance of the differences
 * @param superiority test that the candidate is better
 * @param nonInferiority test that it is not worse by the margin
 * @param harm test that it is worse
 * @param highestSuperiorityLogE the most that {@code superiority} has ever said
 */
public record PairedEvidence(
        long candidateBetter,
        long stableBetter,
        Moments differences,
        PairedBetting superiority,
        PairedBetting nonInferiority,
        PairedBetting harm,
        double highestSuperiorityLogE) {
    /** Before the first pair. */
    public static PairedEvidence start(double margin) {
        return new PairedEvidence(
                0,
                0,
                Moments.none(),
                PairedBetting.superiority(),
                PairedBetting.nonInferiority(margin),
                PairedBetting.harm(),
                0);
    }

    /** How many labels there are for both. */
    public long pairs() {
        return differences.count();
    }

    /** One labelled pair. */
    public PairedEvidence observe(double difference) {
        PairedBetting superior = superiority.observe(difference);
        return new PairedEvidence(
                candidateBetter + (difference > 0 ? 1 : 0),
                stableBetter + (difference < 0 ? 1 : 0),
                differences.observe(difference),
                superior,
                nonInferiority.observe(difference),
                harm.observe(difference),
                superior == superiority ? highestSuperiorityLogE : Math.max(highestSuperiorityLogE, superior.logE()));
    }

    /** With pairs that were gathered apart. */
    PairedEvidence and(PairedEvidence other) {
        PairedBetting superior = superiority.and(other.superiority);
        return new PairedEvidence(
                candidateBetter + other.candidateBetter,
                stableBetter + other.stableBetter,
                differences.and(other.differences),
                superior,
                nonInferiority.and(other.nonInferiority),
                harm.and(other.harm),
                Math.max(highestSuperiorityLogE, superior.logE()));
    }
}
