package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.plan.RolloutPlan;
import java.util.Map;
import java.util.TreeMap;

/** What the evidence reads at a moment: all that a decision knows of it. */
sealed interface Reading {
    /** A number. */
    double of(Quantity quantity);

    /** A number of the plan's guardrail with this index. */
    double of(int guardrail, GuardrailQuantity quantity);

    /** All of it by name, for the ledger. */
    default Map<String, Double> numbers(RolloutPlan plan) {
        Map<String, Double> numbers = new TreeMap<>();
        for (Quantity quantity : Quantity.values()) {
            numbers.put(quantity.key, of(quantity));
        }
        for (int i = 0; i < plan.guardrails().size(); i++) {
            for (GuardrailQuantity quantity : GuardrailQuantity.values()) {
                numbers.put(quantity.key(plan.guardrails().get(i).name()), of(i, quantity));
            }
        }
        return numbers;
    }

    /**
     * Read from the evidence.
     *
     * @param evidence as it is now
     */
    record Live(RolloutEvidence evidence) implements Reading {
        @Override
        public double of(Quantity quantity) {
            return quantity.of.applyAsDouble(evidence);
        }

        @Override
        public double of(int guardrail, GuardrailQuantity quantity) {
            return quantity.of.applyAsDouble(evidence.guardrails().get(guardrail));
        }
    }

    /**
     * Read from the ledger.
     *
     * @param plan whose guardrails are meant
     * @param numbers by name
     */
    record Recorded(RolloutPlan plan, Map<String, Double> numbers) implements Reading {
        @Override
        public double of(Quantity quantity) {
            return named(quantity.key);
        }

        @Override
        public double of(int guardrail, GuardrailQuantity quantity) {
            Guardrail which = plan.guardrails().get(guardrail);
            return named(quantity.key(which.name()));
        }

        private double named(String key) {
            Double number = numbers.get(key);
            if (number == null) {
                throw new IllegalArgumentException(
                        "inputs." + key + ": is missing, so the decision cannot be replayed. Take the whole entry.");
            }
            return number;
        }
    }
}
