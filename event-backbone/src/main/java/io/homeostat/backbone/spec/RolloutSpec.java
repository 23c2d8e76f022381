package io.homeostat.backbone.spec;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.homeostat.backbone.serde.Check;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a new version is rolled out.
 *
 * @param steps from shadow to the last share of traffic; default shadow 10 m, canary 5 %, canary 25 %, A/B 50 %
 * @param guardrails what must not get worse; default errorRate by at most .5 %
 * @param decide when the candidate wins
 * @param watchAfterPromotion how long the previous champion stays warm and is compared; default 24 h
 * @param minRequests requests that the candidate must have answered (or shadowed) in a step before the next; default 100
 * @param freeze times in which the candidate gets no more traffic; default none
 */
public record RolloutSpec(
        List<Step> steps,
        Map<String, Guardrail> guardrails,
        Decide decide,
        Period watchAfterPromotion,
        Integer minRequests,
        List<FreezeSpec> freeze) {
    /** A guardrail on failed requests. */
    public static final String ERROR_RATE = "errorRate";
    /** Guardrails on slow requests, each with the quantile of the champion's latency that counts as slow. */
    public static final Map<String, Double> LATENCIES =
            Map.of("latencyP50", .5, "latencyP90", .9, "latencyP95", .95, "latencyP99", .99);
    /** The objective of a model without labels. */
    public static final String NO_OBJECTIVE = "none";

    @JsonCreator
    public RolloutSpec(
            @Nullable List<Step> steps,
            @Nullable Map<String, Guardrail> guardrails,
            @Nullable Decide decide,
            @Nullable Period watchAfterPromotion,
            @Nullable Integer minRequests,
            @Nullable List<FreezeSpec> freeze) {
        this.steps = steps == null ? defaultSteps() : Check.filled("steps", steps);
        this.guardrails = guardrails == null
                ? Map.of(ERROR_RATE, new Guardrail(new Share(.005), null, null))
                : Check.filled("guardrails", guardrails);
        this.decide = decide == null ? Decide.defaults() : decide;
        this.watchAfterPromotion = watchAfterPromotion == null ? new Period(Duration.ofHours(24)) : watchAfterPromotion;
        this.minRequests = minRequests == null ? 100 : minRequests;
        this.freeze = freeze == null ? List.of() : Check.filled("freeze", freeze);
        Check.notEmpty("steps", this.steps);
        Check.that(this.steps.size() <= 50, "steps", this.steps.size() + " are above 50");
        Check.that(this.freeze.size() <= 50, "freeze", this.freeze.size() + " are above 50");
        checkOrder(this.steps);
        Check.range("minRequests", this.minRequests, 1, 1_000_000_000);
        this.guardrails.forEach(RolloutSpec::checkGuardrail);
        Check.that(
                !NO_OBJECTIVE.equals(this.decide.objective()) || canPass(this.steps, this.guardrails),
                "decide.objective",
                "is none, no guardrail is to be proven and no person approves at the end, so nothing could ever pass;"
                        + " say prove: true at a guardrail, or end the steps with approval: 1d");
    }

    static RolloutSpec defaults() {
        return new RolloutSpec(null, null, null, null, null, null);
    }

    private static boolean canPass(List<Step> steps, Map<String, Guardrail> guardrails) {
        return steps.get(steps.size() - 1).approval() != null
                || guardrails.values().stream().anyMatch(Guardrail::proven);
    }

    private static void checkGuardrail(String name, Guardrail guardrail) {
        String path = "guardrails." + name;
        boolean latency = LATENCIES.containsKey(name);
        Check.that(
                latency || name.equals(ERROR_RATE),
                path,
                "is not a guardrail; known are errorRate, latencyP50, latencyP90, latencyP95 and latencyP99");
        Check.that(
                latency || guardrail.atMost() == null,
                path + ".atMost",
                guardrail.atMost() + " is a time, and failures have none; say worseByAtMost: 0.5%");
        Share worse = guardrail.worseByAtMost();
        Check.that(
                !guardrail.proven() || (worse != null && worse.value() > 0),
                path + ".prove",
                "that nothing at all got worse cannot be proven; allow something, such as worseByAtMost: 0.5%");
    }

    void checkObjective(TaskKind task) {
        if (decide.objective() != null && !decide.objective().equals(NO_OBJECTIVE)) {
            Metrics.check("rollout.decide.objective", decide.objective(), task);
        }
    }

    private static List<Step> defaultSteps() {
        return List.of(
                Step.shadowFor(new Period(Duration.ofMinutes(10))),
                Step.canaryOf(new Share(.05), null),
                Step.canaryOf(new Share(.25), null),
                Step.abOf(new Share(.5), null));
    }

    /** Steps only go up: shadow first, then shares that rise; pauses, approvals and bakes keep the share. They have an end. */
    public static void checkOrder(List<Step> steps) {
        double weight = 0;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            String path = "steps[" + i + "]";
            Check.that(
                    step.shadow() == null || i == 0,
                    path,
                    "a shadow step can only be the first; traffic has already been given");
            double next = step.weight().map(Share::value).orElse(weight);
            Check.that(
                    next > weight || step.weight().isEmpty(),
                    path,
                    new Share(next) + " is not above the step before, " + new Share(weight) + "; shares must rise");
            weight = next;
        }
        Step last = steps.get(steps.size() - 1);
        Check.that(
                last.pause() == null || last.pause().length() != null,
                "steps[" + (steps.size() - 1) + "].pause",
                "untilResumed as the last step has no end; give a time, such as pause: 1h, or approval: 1d");
    }

    /**
     * One step. Exactly one of the first seven is given.
     *
     * @param shadow the candidate answers copies only, for this long
     * @param canary the candidate answers this share of traffic
     * @param ab the same, named as an A/B test
     * @param all written {@code switch}: the candidate answers everybody at once (blue-green), for at least this long
     * @param bake the share stays for this long, with enough requests
     * @param pause the share stays for this long whatever the traffic, or {@code untilResumed} by a person
     * @param approval the share stays until a person approves, for at most this long
     * @param hold the least time that the step lasts; default 10 m for canary and ab
     */
    public record Step(
            @Nullable Period shadow,
            @Nullable Share canary,
            @Nullable Share ab,
            @JsonProperty("switch") @Nullable Period all,
            @Nullable Period bake,
            @Nullable Pause pause,
            @Nullable Period approval,
            @Nullable Period hold) {
        @JsonCreator
        public Step {
            long given = Stream.of(shadow, canary, ab, all, bake, pause, approval)
                    .filter(Objects::nonNull)
                    .count();
            Check.that(
                    given == 1,
                    "",
                    "a step is exactly one of shadow: 10m, canary: 5%, ab: 50%, switch: 10m, bake: 1h, pause: 1h,"
                            + " approval: 1d");
            Check.that(
                    hold == null || canary != null || ab != null,
                    "hold",
                    "such a step lasts as long as it says; leave hold out");
            Share share = canary == null ? ab : canary;
            Check.that(
                    share == null || (share.value() > 0 && share.value() <= 1),
                    canary == null ? "ab" : "canary",
                    share + " of traffic is no step; write a share above 0% and up to 100%");
        }

        /** A shadow, canary or A/B step: the other of the first three are absent. */
        public Step(@Nullable Period shadow, @Nullable Share canary, @Nullable Share ab, @Nullable Period hold) {
            this(shadow, canary, ab, null, null, null, null, hold);
        }

        /** The candidate answers copies only. */
        public static Step shadowFor(Period time) {
            return new Step(time, null, null, null);
        }

        /** The candidate answers a share. */
        public static Step canaryOf(Share share, @Nullable Period hold) {
            return new Step(null, share, null, hold);
        }

        /** The candidate answers a share that is large enough to compare. */
        public static Step abOf(Share share, @Nullable Period hold) {
            return new Step(null, null, share, hold);
        }

        /** The share of traffic that the step begins with, empty if it stays as it is. */
        public Optional<Share> weight() {
            return Optional.ofNullable(all == null ? (canary == null ? ab : canary) : new Share(1));
        }

        /** The least time of a canary or A/B step. */
        public Duration atLeast() {
            return hold == null ? Duration.ofMinutes(10) : hold.value();
        }
    }

    /**
     * How long a pause is.
     *
     * @param length absent if a person ends it
     */
    public record Pause(@Nullable Period length) {
        private static final String UNTIL_RESUMED = "untilResumed";

        /** Reads {@code 1h} or {@code untilResumed}. */
        @JsonCreator
        public static Pause of(String text) {
            return new Pause(text.strip().equals(UNTIL_RESUMED) ? null : Period.of(text));
        }

        @JsonValue
        @Override
        public String toString() {
            return length == null ? UNTIL_RESUMED : length.toString();
        }
    }

    /**
     * What must not get worse.
     *
     * @param worseByAtMost how much worse the candidate's share may be and still pass; default none
     * @param atMost for a latency, the time above which a request counts as slow; default the champion's own quantile, of
     *     its first 1,000 answers in the rollout
     * @param prove whether a promotion needs proof that the candidate is not worse by more; default no: it only needs
     *     that no harm is shown
     */
    public record Guardrail(
            @Nullable Share worseByAtMost,
            @Nullable Period atMost,
            @Nullable Boolean prove) {
        /** Whether it is to be proven. */
        public boolean proven() {
            return Boolean.TRUE.equals(prove);
        }
    }

    /**
     * When the candidate wins.
     *
     * @param objective the metric that decides, or {@code none} without labels; default the task's first metric
     * @param goal what a pass is; default not_inferior
     * @param margin how much worse it may be and still count as not worse; default 1 %
     * @param errorBudget chance of a wrong decision that is accepted; default 5 %
     * @param deadline when the decision must have fallen; default 24 h
     * @param onDeadline what happens then; default hold
     * @param verdicts what is done on the other verdicts
     * @param labels which labels count
     */
    public record Decide(
            @Nullable String objective,
            Goal goal,
            Share margin,
            Share errorBudget,
            Period deadline,
            OnDeadline onDeadline,
            Verdicts verdicts,
            Labels labels) {
        @JsonCreator
        public Decide(
                @Nullable String objective,
                @Nullable Goal goal,
                @Nullable Share margin,
                @Nullable Share errorBudget,
                @Nullable Period deadline,
                @Nullable OnDeadline onDeadline,
                @Nullable Verdicts verdicts,
                @Nullable Labels labels) {
            this.objective = objective;
            this.goal = goal == null ? Goal.NOT_INFERIOR : goal;
            this.margin = margin == null ? new Share(.01) : margin;
            this.errorBudget = errorBudget == null ? new Share(.05) : errorBudget;
            this.deadline = deadline == null ? new Period(Duration.ofHours(24)) : deadline;
            Check.that(!this.deadline.value().isZero(), "deadline", "is 0; nothing can be decided in no time");
            this.onDeadline = onDeadline == null ? OnDeadline.HOLD : onDeadline;
            this.verdicts = verdicts == null ? new Verdicts(null, null, null, null) : verdicts;
            this.labels = labels == null ? new Labels(null, null, null) : labels;
            Check.range("errorBudget", this.errorBudget.value(), 1e-6, .5);
        }

        /** The same, with the default goal, verdicts and labels. */
        public Decide(
                @Nullable String objective,
                @Nullable Share margin,
                @Nullable Share errorBudget,
                @Nullable Period deadline,
                @Nullable OnDeadline onDeadline) {
            this(objective, null, margin, errorBudget, deadline, onDeadline, null, null);
        }

        static Decide defaults() {
            return new Decide(null, null, null, null, null);
        }
    }

    /** What must be shown before a promotion. */
    public enum Goal {
        /** The candidate is better. */
        SUPERIOR,
        /** It is better, or not worse by the margin. */
        NOT_INFERIOR
    }

    /** What happens at the deadline of a decision. */
    public enum OnDeadline {
        HOLD,
        PROMOTE,
        /** The candidate if it is not behind on the labels known for both, else the champion. */
        LEADER,
        ROLLBACK
    }

    /**
     * What is done on the verdicts that no deadline of the decision waits for.
     *
     * @param pass promote, or hold for a person to promote; default promote
     * @param fail roll back, or hold; default rollback
     * @param noData after how long without any evidence, and whether to hold or to roll back; default the decision's
     *     deadline, then rollback if that is onDeadline, else hold
     * @param error while the evidence cannot be used the rollout holds; after how long it is rolled back, if ever; default
     *     hold
     */
    public record Verdicts(
            @Nullable OnDeadline pass,
            @Nullable OnDeadline fail,
            @Nullable Late noData,
            @Nullable Late error) {
        public Verdicts {
            oneOf("pass", pass, OnDeadline.PROMOTE);
            oneOf("fail", fail, OnDeadline.ROLLBACK);
            oneOf("noData.then", noData == null ? null : noData.then(), OnDeadline.ROLLBACK);
            oneOf("error.then", error == null ? null : error.then(), OnDeadline.ROLLBACK);
        }

        private static void oneOf(String path, @Nullable OnDeadline given, OnDeadline allowed) {
            Check.that(
                    given == null || given == OnDeadline.HOLD || given == allowed,
                    path,
                    given + " is not possible then; write hold or "
                            + allowed.name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * What is done after a time.
     *
     * @param after that time
     * @param then what; default hold
     */
    public record Late(Period after, @Nullable OnDeadline then) {
        public Late {
            Check.present("after", after);
        }
    }

    /**
     * Which labels count.
     *
     * @param count once per unit, or every one; default once
     * @param olderThan only requests this old are judged, by the labels that have come until then; default 0s: each label
     *     counts as it comes
     * @param coverage share of each version's judged answers that must have a label before a pass; default 0 %
     */
    public record Labels(Count count, Period olderThan, Share coverage) {
        @JsonCreator
        public Labels(@Nullable Count count, @Nullable Period olderThan, @Nullable Share coverage) {
            this.count = count == null ? Count.ONCE : count;
            this.olderThan = olderThan == null ? new Period(Duration.ZERO) : olderThan;
            this.coverage = coverage == null ? new Share(0) : coverage;
        }
    }

    /** Which labelled requests of a unit count. */
    public enum Count {
        ONCE,
        EVERY
    }
}
