package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.routing.Arm;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Labels of requests that are not old enough to be judged.
 *
 * <p>Labels that come early are often of one kind (a fraud is reported within the hour, its absence never), so a test that
 * counts each as it comes may be tipped by nothing but the order. Here the labels of a {@value #SLICES}th of the horizon
 * are gathered, and join the evidence together, once the last request of that slice is as old as the horizon. What
 * comes later is counted as too late. The tests do not mind the order, so a slice is a small evidence of its own, and
 * memory does not depend on traffic.
 *
 * @param slices the slices that wait, oldest first; at most {@value #MOST}
 * @param tooLate labels of requests that had been judged already
 * @param judged number of the newest slice that has joined; 0 before the first
 */
public record Maturing(List<Slice> slices, long tooLate, long judged) {
    private static final int SLICES = 16;
    /** Slices of the horizon, those begun at either end, and some for clocks that disagree. */
    private static final int MOST = 2 * SLICES;

    /**
     * The requests of a part of the horizon.
     *
     * @param number of the part, since the epoch
     * @param coverage its answers and labels
     * @param pairs its labels
     */
    public record Slice(long number, Coverage coverage, PairedEvidence pairs) {}

    public Maturing {
        slices = List.copyOf(slices);
    }

    static Maturing start() {
        return new Maturing(List.of(), 0, 0);
    }

    Maturing answered(Arm arm, Instant time, Decision decision) {
        return change(time, decision, true, s -> new Slice(s.number, s.coverage.answered(arm), s.pairs));
    }

    Maturing labelled(Arm arm, Instant requested, Decision decision) {
        return change(requested, decision, false, s -> new Slice(s.number, s.coverage.labelled(arm), s.pairs));
    }

    Maturing judged(UnaryOperator<PairedEvidence> label, Instant requested, Decision decision) {
        return change(requested, decision, false, s -> new Slice(s.number, s.coverage, label.apply(s.pairs)));
    }

    private Maturing change(Instant requested, Decision decision, boolean open, UnaryOperator<Slice> change) {
        long number = Math.floorDiv(requested.toEpochMilli(), sliceMillis(decision));
        List<Slice> next = new ArrayList<>(slices);
        int place = 0;
        while (place < next.size() && next.get(place).number < number) {
            place++;
        }
        if (place < next.size() && next.get(place).number == number) {
            next.set(place, change.apply(next.get(place)));
            return new Maturing(next, tooLate, judged);
        }
        // who reads what has piled up reads one partition ahead of another: an older slice may begin after a newer one
        if (!open || number <= judged || next.size() == MOST) {
            return open ? this : new Maturing(slices, tooLate + 1, judged);
        }
        next.add(place, change.apply(new Slice(number, Coverage.NONE, PairedEvidence.start(decision.margin()))));
        return new Maturing(next, tooLate, judged);
    }

    /** The slices that are old enough now. */
    List<Slice> ripe(Instant now, Decision decision) {
        long newest = Math.floorDiv(now.minus(decision.labelHorizon()).toEpochMilli(), sliceMillis(decision)) - 1;
        int count = 0;
        while (count < slices.size() && slices.get(count).number <= newest) {
            count++;
        }
        return slices.subList(0, count);
    }

    Maturing without(List<Slice> ripe) {
        long newest = ripe.isEmpty() ? judged : ripe.get(ripe.size() - 1).number;
        return new Maturing(slices.subList(ripe.size(), slices.size()), tooLate, newest);
    }

    private static long sliceMillis(Decision decision) {
        Duration slice = decision.labelHorizon().dividedBy(SLICES);
        return Math.max(1, slice.toMillis());
    }
}
