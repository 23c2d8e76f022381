package io.homeostat.backbone.spec;

import io.homeostat.backbone.serde.Check;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a new version is rolled out.
 *
 * @param steps from shadow to the last share of traffic; default shadow 10 m, canary 5 %, canary 25 %, A/B 50 %
 * @param guardrails what must not get worse; default errorRate by at most .5 %
 * @param decide when the candidate wins
 * @param watchAfterPromotion how long the previous champion stays warm and is compared; default 24 h
 * @param minRequests requests that the candidate must have answered (or shadowed) in a step before the next; default 100
 */
public record RolloutSpec(
        List<Step> steps,
        Map<String, Guardrail> guardrails,
        Decide decide,
        Period watchAfterPromotion,
        Integer minRequests) {
    /** A guardrail on failed requests. */
    public static final String ERROR_RATE = "errorRate";
    /** A guardrail on slow requests. */
    public static final String LATENCY_P99 = "latencyP99";

    public RolloutSpec(
            @Nullable List<Step> steps,
            @Nullable Map<String, Guardrail> guardrails,
            @Nullable Decide decide,
            @Nullable Period watchAfterPromotion,
            @Nullable Integer minRequests) {
        this.steps = steps == null ? defaultSteps() : List.copyOf(steps);
        this.guardrails =
                guardrails == null ? Map.of(ERROR_RATE, new Guardrail(new Share(.005), null)) : Map.copyOf(guardrails);
        this.decide = decide == null ? new Decide(null, null, null, null, null) : decide;
        this.watchAfterPromotion = watchAfterPromotion == null ? new Period(Duration.ofHours(24)) : watchAfterPromotion;
        this.minRequests = minRequests == null ? 100 : minRequests;
        Check.notEmpty("steps", this.steps);
        Check.that(this.steps.size() <= 50, "steps", this.steps.size() + " are above 50");
        checkOrder(this.steps);
        Check.range("minRequests", this.minRequests, 1, 1_000_000_000);
        this.guardrails
                .keySet()
                .forEach(name -> Check.that(
                        List.of(ERROR_RATE, LATENCY_P99).contains(name),
                        "guardrails." + name,
                        "is not a guardrail; known are errorRate and latencyP99"));
    }

    static RolloutSpec defaults() {
        return new RolloutSpec(null, null, null, null, null);
    }

    void checkObjective(TaskKind task) {
        if (decide.objective() != null) {
            Metrics.check("rollout.decide.objective", decide.objective(), task);
        }
    }

    private static List<Step> defaultSteps() {
        return List.of(
                new Step(new Period(Duration.ofMinutes(10)), null, null, null),
                new Step(null, new Share(.05), null, null),
                new Step(null, new Share(.25), null, null),
                new Step(null, null, new Share(.5), null));
    }

    /** Steps only go up: shadow first, then shares that never fall. */
    public static void checkOrder(List<Step> steps) {
        double weight = 0;
        for (int i = 0; i < steps.size(); i++) {
            double next = steps.get(i).weight().map(Share::value).orElse(0.0);
            Check.that(
                    next > weight || (next == 0 && i == 0),
                    "steps[" + i + "]",
                    next == 0
                            ? "a shadow step can only be the first; traffic has already been given"
                            : new Share(next) + " is not above the step before, " + new Share(weight)
                                    + "; shares must rise");
            weight = next;
        }
    }

    /**
     * One step. Exactly one of {@code shadow}, {@code canary}, {@code ab} is given.
     *
     * @param shadow the candidate answers copies only, for this long
     * @param canary the candidate answers this share of traffic
     * @param ab the same, named as an A/B test
     * @param hold the least time that the step lasts; default 10 m for canary and ab
     */
    public record Step(
            @Nullable Period shadow,
            @Nullable Share canary,
            @Nullable Share ab,
            @Nullable Period hold) {
        public Step {
            int given = (shadow == null ? 0 : 1) + (canary == null ? 0 : 1) + (ab == null ? 0 : 1);
            Check.that(given == 1, "", "a step is exactly one of shadow: 10m, canary: 5%, ab: 50%");
            Check.that(
                    shadow == null || hold == null, "hold", "a shadow step lasts as long as it says; leave hold out");
            Share share = canary == null ? ab : canary;
            Check.that(
                    share == null || (share.value() > 0 && share.value() <= 1),
                    canary == null ? "ab" : "canary",
                    share + " of traffic is no step; write a share above 0% and up to 100%");
        }

        /** The share of traffic, empty for a shadow step. */
        public Optional<Share> weight() {
            return Optional.ofNullable(canary == null ? ab : canary);
        }

        /** The least time the step lasts. */
        public Duration atLeast() {
            if (shadow != null) {
                return shadow.value();
            }
            return hold == null ? Duration.ofMinutes(10) : hold.value();
        }
    }

    /**
     * What must not get worse.
     *
     * @param worseByAtMost how much worse the candidate's share may be and still pass; default none
     * @param atMost for latencyP99, the time above which a request counts as slow
     */
    public record Guardrail(
            @Nullable Share worseByAtMost, @Nullable Period atMost) {}

    /**
     * When the candidate wins.
     *
     * @param objective the metric that decides; default the task's first metric
     * @param margin how much worse it may be and still count as not worse; default 1 %
     * @param errorBudget chance of a wrong decision that is accepted; default 5 %
     * @param deadline when the decision must have fallen; default 24 h
     * @param onDeadline what happens then; default hold
     */
    public record Decide(
            @Nullable String objective, Share margin, Share errorBudget, Period deadline, OnDeadline onDeadline) {
        public Decide(
                @Nullable String objective,
                @Nullable Share margin,
                @Nullable Share errorBudget,
                @Nullable Period deadline,
                @Nullable OnDeadline onDeadline) {
            this.objective = objective;
            this.margin = margin == null ? new Share(.01) : margin;
            this.errorBudget = errorBudget == null ? new Share(.05) : errorBudget;
            this.deadline = deadline == null ? new Period(Duration.ofHours(24)) : deadline;
            this.onDeadline = onDeadline == null ? OnDeadline.HOLD : onDeadline;
            Check.range("errorBudget", this.errorBudget.value(), 1e-6, .5);
        }
    }

    /** What happens at the deadline of a decision. */
    public enum OnDeadline {
        HOLD,
        PROMOTE,
        /** The candidate if it is not behind on the labels known for both, else the champion. */
        LEADER,
        ROLLBACK
    }
}
