package io.homeostat.deployer.decide;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.homeostat.backbone.event.LedgerEntry;
import io.homeostat.backbone.serde.InvalidValueException;
import io.homeostat.rollout.lifecycle.RolloutDecision;
import io.homeostat.rollout.lifecycle.RolloutInput;
import io.homeostat.rollout.lifecycle.RolloutProcess;
import io.homeostat.rollout.lifecycle.RolloutState;
import io.homeostat.rollout.lifecycle.Times;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the decisions of a ledger again from what it says: an entry has everything that it was decided on, the entry of
 * the rollout's beginning has the plan.
 */
public final class LedgerReplay {
    /** Input of a rollout's beginning: its plan. */
    static final String PLAN = "plan";

    private static final String STATE = "state";
    private static final String NEXT = "next";
    private static final String ORDER = "order";
    private static final String TIMES = "times";
    private static final ObjectMapper MAPPER = RolloutJson.mapper();

    private LedgerReplay() {}

    /** The inputs of a decision that are no numbers. */
    static Map<String, Object> inputs(RolloutDecision decision) {
        Map<String, Object> inputs = new LinkedHashMap<>();
        inputs.put(STATE, as(RolloutState.class, decision.from()));
        inputs.put(NEXT, as(RolloutState.class, decision.to()));
        inputs.put(ORDER, as(RolloutInput.class, decision.cause()));
        inputs.put(TIMES, as(Times.class, decision.times()));
        return inputs;
    }

    static Map<String, Object> written(RolloutPlan plan) {
        return as(RolloutPlan.class, plan);
    }

    /* By the declared type, or the names of sealed types would be left out. */
    private static <T> Map<String, Object> as(Class<T> type, T value) {
        try {
            byte[] json = MAPPER.writerFor(type).writeValueAsBytes(value);
            return MAPPER.readValue(json, new TypeReference<Map<String, Object>>() {});
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(type.getSimpleName() + " cannot be written", e);
        }
    }

    /** The plan of the rollout that this entry begins; empty if it begins none. */
    public static Optional<RolloutPlan> plan(LedgerEntry entry) {
        return entry.action().equals(Turn.START)
                ? Optional.of(MAPPER.convertValue(entry.inputs().get(PLAN), RolloutPlan.class))
                : Optional.empty();
    }

    /** The decision of an entry, as it was written. */
    public static RolloutDecision recorded(LedgerEntry entry) {
        RolloutState next = read(entry, NEXT, RolloutState.class);
        Map<String, Double> numbers = new LinkedHashMap<>();
        entry.inputs().forEach((name, value) -> {
            if (value instanceof Number number) {
                numbers.put(name, number.doubleValue());
            }
        });
        return new RolloutDecision(
                entry.at(),
                read(entry, STATE, RolloutState.class),
                next,
                RolloutDecision.Action.valueOf(entry.action().toUpperCase(Locale.ROOT)),
                next.weightPercent(),
                Verdict.valueOf(String.valueOf(entry.inputs().get("verdict")).toUpperCase(Locale.ROOT)),
                read(entry, ORDER, RolloutInput.class),
                read(entry, TIMES, Times.class),
                numbers,
                entry.reason());
    }

    /**
     * The decision of an entry, made again by the rules of today; empty if they would not have decided anything.
     *
     * @param plan of its rollout
     */
    public static Optional<RolloutDecision> replay(RolloutPlan plan, LedgerEntry entry) {
        return RolloutProcess.replay(plan, recorded(entry));
    }

    private static <T> T read(LedgerEntry entry, String input, Class<T> type) {
        Object value = entry.inputs().get(input);
        if (value == null) {
            throw new InvalidValueException(
                    "inputs." + input, "is missing; only entries of a rollout's decisions can be replayed");
        }
        return MAPPER.convertValue(value, type);
    }
}
