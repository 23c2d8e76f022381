package io.homeostat.rollout.plan;

import io.homeostat.rollout.guardrail.Guardrail;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How a candidate is rolled out.
 *
 * @param steps 1 to 50, weights never falling
 * @param guardrails up to 20, with different names; may be empty
 * @param decision when the candidate becomes champion
 * @param freezes up to 50 times in which the candidate gets no more traffic; may be empty
 * @param watchAfterPromotion how long the previous champion stays warm and is compared
 * @param minimumRequests requests that the candidate must have computed in a step before the next, at least 1; default
 *     100. In shadow copies count, later only answers
 * @param minimumShadowLabels paired labels that must be there before shadow is left, at least 0; default 0
 */
public record RolloutPlan(
        List<Step> steps,
        List<Guardrail> guardrails,
        Decision decision,
        List<FreezeWindow> freezes,
        Duration watchAfterPromotion,
        long minimumRequests,
        long minimumShadowLabels) {
    /** Default of {@code minimumRequests}. */
    public static final long DEFAULT_MINIMUM_REQUESTS = 100;

    private static final int MOST_STEPS = 50;
    private static final int MOST_GUARDRAILS = 20;
    private static final int MOST_FREEZES = 50;

    public RolloutPlan {
        steps = List.copyOf(steps);
        guardrails = List.copyOf(guardrails);
        freezes = List.copyOf(freezes);
        checkSteps(steps);
        checkGuardrails(guardrails);
        Check.that(freezes.size() <= MOST_FREEZES, "freeze", freezes.size() + " are above " + MOST_FREEZES + ".");
        Check.that(
                decision.objective() != null
                        || anyProven(guardrails)
                        || steps.get(steps.size() - 1) instanceof Step.Approval,
                "decide.objective",
                "is none, no guardrail is to be proven and no person approves at the end: nothing could ever pass."
                        + " Demand a proof of a guardrail, or end with an approval.");
        Check.that(
                !watchAfterPromotion.isNegative(),
                "watchAfterPromotion",
                watchAfterPromotion + " is negative. Zero means no watch.");
        Check.that(
                minimumRequests >= 1,
                "minRequests",
                minimumRequests + " is below 1. A step without a request proves nothing.");
        Check.that(minimumShadowLabels >= 0, "minShadowLabels", minimumShadowLabels + " is negative. Zero means none.");
    }

    /** A plan with the default minimums and without freezes. */
    public RolloutPlan(List<Step> steps, List<Guardrail> guardrails, Decision decision, Duration watchAfterPromotion) {
        this(steps, guardrails, decision, List.of(), watchAfterPromotion, DEFAULT_MINIMUM_REQUESTS, 0);
    }

    /** Whether a guardrail is to be proven. */
    public boolean provesGuardrails() {
        return anyProven(guardrails);
    }

    private static boolean anyProven(List<Guardrail> guardrails) {
        for (Guardrail guardrail : guardrails) {
            if (guardrail.proven()) {
                return true;
            }
        }
        return false;
    }

    /** How many tests for harm share the error budget: each guardrail, and the paired outcomes if there are any. */
    public int harmTests() {
        return guardrails.size() + (decision.objective() == null ? 0 : 1);
    }

    /** The e-value at which a test for harm speaks: {@code harmTests / errorBudget}. */
    public double harmThreshold() {
        return harmTests() / decision.errorBudget();
    }

    /** The e-value at which the candidate has won: {@code 1 / errorBudget}. */
    public double promotionThreshold() {
        return 1 / decision.errorBudget();
    }

    /** The candidate's share of answers in a step, 0 to 100 percent. */
    public double weightAt(int step) {
        for (int i = step; i >= 0; i--) {
            if (steps.get(i).weight().isPresent()) {
                return steps.get(i).weight().getAsDouble();
            }
        }
        return 0;
    }

    /** Whether a step is the last. */
    public boolean isLast(int step) {
        return step == steps.size() - 1;
    }

    /** The freeze in force at a time. */
    public Optional<FreezeWindow> freeze(Instant time) {
        return freezes.stream().filter(window -> window.contains(time)).findFirst();
    }

    private static void checkSteps(List<Step> steps) {
        Check.that(!steps.isEmpty(), "steps", "are empty. Give at least one, such as canary: 5%.");
        Check.that(steps.size() <= MOST_STEPS, "steps", steps.size() + " are above " + MOST_STEPS + ".");
        double before = 0;
        for (int i = 0; i < steps.size(); i++) {
            checkStep("steps[" + i + "]", steps.get(i), before);
            before = steps.get(i).weight().orElse(before);
        }
        int last = steps.size() - 1;
        Check.that(
                !(steps.get(last) instanceof Step.Pause pause) || pause.hold() != null,
                "steps[" + last + "]",
                "is a pause that only a person ends, with nothing after it: the list has no end. Give it a time, or make"
                        + " it an approval.");
    }

    private static void checkStep(String path, Step step, double before) {
        step.least().ifPresent(hold -> Check.positive(path + ".hold", hold));
        if (step instanceof Step.Approval approval) {
            Check.positive(path + ".approval", approval.within());
        }
        if (step instanceof Step.Shadow) {
            Check.that(
                    before == 0,
                    path,
                    "shadow after " + before + " % would take traffic back. Put shadow steps first.");
            return;
        }
        double weight = step.weight().orElse(Math.max(before, Double.MIN_VALUE));
        Check.that(
                weight > 0 && weight <= 100,
                path,
                "weight " + weight + " % is not above 0 and up to 100. Maybe a share was meant as percent.");
        Check.that(
                weight >= before,
                path,
                "weight " + weight + " % is below " + before + " % of the step before. Maybe they are swapped.");
    }

    private static void checkGuardrails(List<Guardrail> guardrails) {
        Check.that(
                guardrails.size() <= MOST_GUARDRAILS,
                "guardrails",
                guardrails.size() + " are above " + MOST_GUARDRAILS + ".");
        Set<String> names = new HashSet<>();
        for (Guardrail guardrail : guardrails) {
            Check.that(
                    names.add(guardrail.name()),
                    "guardrails." + guardrail.name(),
                    "is there twice. Give each its own name.");
        }
    }
}
