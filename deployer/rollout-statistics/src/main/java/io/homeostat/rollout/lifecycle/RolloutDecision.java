package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.verdict.Verdict;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * A decision with its reason and everything that it rests on, so that it can be {@linkplain RolloutProcess#replay made
 * again}.
 *
 * @param time event time
 * @param from the state before
 * @param to the state after, the same if refused
 * @param action what was done
 * @param weightPercent the candidate's share from now on
 * @param verdict what the evidence said at that time
 * @param cause the input that it came from: an order, or {@link RolloutInput.Tick} for all that was observed
 * @param times when things had begun
 * @param inputs the numbers it rests on
 * @param reason why, in a sentence
 */
public record RolloutDecision(
        Instant time,
        RolloutState from,
        RolloutState to,
        Action action,
        double weightPercent,
        Verdict verdict,
        RolloutInput cause,
        Times times,
        Map<String, Double> inputs,
        String reason) {
    /** What can be decided. */
    public enum Action {
        /** To the next step. */
        ADVANCE,
        /** The candidate becomes champion; the watch begins. */
        PROMOTE,
        /** Back to the champion. */
        ROLLBACK,
        /** Stand still. */
        HOLD,
        /** Go on. */
        RESUME,
        /** The watch is over. */
        FINISH,
        /** A command that this state does not allow; nothing changes. */
        REFUSE
    }

    public RolloutDecision {
        inputs = Collections.unmodifiableMap(new TreeMap<>(inputs));
    }

    static RolloutDecision of(Situation s, RolloutInput input, Move move) {
        boolean order = input instanceof RolloutInput.Command
                || input instanceof RolloutInput.Superseded
                || input instanceof RolloutInput.ModelRemoved;
        return new RolloutDecision(
                s.now(),
                s.state(),
                move.next(),
                move.action(),
                move.next().weightPercent(),
                new Judge(s).verdict(),
                order ? input : new RolloutInput.Tick(s.now()),
                s.times(),
                s.reading().numbers(s.plan()),
                move.reason());
    }
}
