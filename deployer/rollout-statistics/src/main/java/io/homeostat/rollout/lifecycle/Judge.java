package io.homeostat.rollout.lifecycle;

import static io.homeostat.rollout.lifecycle.Quantity.*;

import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.sequential.SampleRatio;
import io.homeostat.rollout.verdict.Judgement;
import io.homeostat.rollout.verdict.Verdict;
import java.util.Optional;

/** Reads a verdict out of what a rollout knows. */
final class Judge {
    /** Recent share of failures of the champion from which the platform counts as failing. */
    private static final double PLATFORM_FAILS = .2;
    /** ... and below which it has recovered. */
    private static final double PLATFORM_RECOVERED = .1;
    /** Requests needed to say so. */
    private static final long FEWEST_RECENT = 20;
    /** A candidate failing more than this many times the champion's share is bad by itself. */
    private static final double COMPARABLE = 2;

    private final Situation situation;
    private final RolloutPlan plan;
    private final Reading reading;
    private final double harm;
    private final double won;

    Judge(Situation situation) {
        this.situation = situation;
        plan = situation.plan();
        reading = situation.reading();
        harm = Math.log(plan.harmThreshold());
        won = Math.log(plan.promotionThreshold());
    }

    /** Whether the champion fails at a high rate and the candidate at a comparable one. */
    boolean platformFails() {
        return stableFailsFrom(PLATFORM_FAILS) && !candidateStandsOut();
    }

    boolean platformRecovered() {
        return !stableFailsFrom(PLATFORM_RECOVERED);
    }

    private boolean stableFailsFrom(double rate) {
        return reading.of(STABLE_RECENT_REQUESTS) >= FEWEST_RECENT && reading.of(STABLE_RECENT_FAILURES) >= rate;
    }

    private boolean candidateStandsOut() {
        return reading.of(CANDIDATE_RECENT_REQUESTS) >= FEWEST_RECENT
                && reading.of(CANDIDATE_RECENT_FAILURES) > COMPARABLE * reading.of(STABLE_RECENT_FAILURES);
    }

    String platformSentence() {
        return "the champion fails, too: " + Sentences.percent(reading.of(STABLE_RECENT_FAILURES))
                + " of its recent requests (at least " + Sentences.percent(PLATFORM_FAILS)
                + " counts as an outage), the candidate " + Sentences.percent(reading.of(CANDIDATE_RECENT_FAILURES));
    }

    /** Whether the candidate does not get the share of units that it was given. */
    boolean skewed() {
        return reading.of(SAMPLE_RATIO_LOG_E) >= -Math.log(SampleRatio.ALPHA);
    }

    String skewSentence() {
        return "the candidate does not get its share of units (e = " + Sentences.e(reading.of(SAMPLE_RATIO_LOG_E))
                + " ≥ " + Sentences.number(1 / SampleRatio.ALPHA)
                + "): requests or events of one version get lost, so the versions cannot be compared";
    }

    /** The first guardrail that shows harm, as a sentence. */
    Optional<String> guardrailHarm() {
        for (int i = 0; i < plan.guardrails().size(); i++) {
            if (harmed(i)) {
                return Optional.of(harmSentence(i));
            }
        }
        return Optional.empty();
    }

    boolean harmed(int guardrail) {
        return reading.of(guardrail, GuardrailQuantity.HARM_LOG_E) >= harm;
    }

    private String harmSentence(int i) {
        return plan.guardrails().get(i).name() + ": of "
                + Sentences.number(reading.of(i, GuardrailQuantity.FAILING_UNITS)) + " failing units "
                + Sentences.number(reading.of(i, GuardrailQuantity.CANDIDATES_FAILING_UNITS)) + " are the candidate's ("
                + Sentences.percent(reading.of(i, GuardrailQuantity.CANDIDATE_SHARE))
                + " of its requests, the champion's "
                + Sentences.percent(reading.of(i, GuardrailQuantity.STABLE_SHARE)) + "); harm with e = "
                + Sentences.e(reading.of(i, GuardrailQuantity.HARM_LOG_E)) + " ≥ "
                + Sentences.number(plan.harmThreshold());
    }

    /** Whether the labels show that the candidate is worse. */
    boolean pairedHarm() {
        return judgesLabels() && reading.of(HARM_LOG_E) >= harm;
    }

    String pairedHarmSentence() {
        return labelsSentence() + "; worse with e = " + Sentences.e(reading.of(HARM_LOG_E)) + " ≥ "
                + Sentences.number(plan.harmThreshold());
    }

    /** Whether the candidate had been shown to be better, or the champion has become worse as well. */
    boolean worldChanged() {
        return reading.of(HIGHEST_SUPERIORITY_LOG_E) >= won || LossShift.worsened(reading.of(STABLE_WORSENED));
    }

    /** Whether the candidate has done worse so far, however uncertain that is. */
    boolean isBehind() {
        return reading.of(MEAN_DIFFERENCE) < 0;
    }

    boolean enoughInStep() {
        return reading.of(CANDIDATE_IN_STEP) >= plan.minimumRequests();
    }

    boolean enoughAtAll() {
        return reading.of(CANDIDATE_REQUESTS) >= plan.minimumRequests();
    }

    boolean judgesLabels() {
        return plan.decision().objective() != null;
    }

    /** What the evidence says. */
    Verdict verdict() {
        if (platformFails()) {
            return Verdict.ERROR;
        }
        if (guardrailHarm().isPresent() || pairedHarm()) {
            return Verdict.FAIL;
        }
        if (skewed()) {
            return Verdict.ERROR;
        }
        if (withoutData()) {
            return Verdict.NO_DATA;
        }
        return objectiveShown() && guardrailsShown() ? Verdict.PASS : Verdict.INCONCLUSIVE;
    }

    private boolean withoutData() {
        return reading.of(CANDIDATE_REQUESTS) == 0 || (judgesLabels() && (reading.of(LABELS) == 0 || uncovered()));
    }

    private boolean uncovered() {
        double fewest = plan.decision().minimumCoverage();
        double served = reading.of(CANDIDATE_SERVED_SHARE);
        return (served > 0 && reading.of(CANDIDATE_COVERAGE) < fewest)
                || (served < 1 && reading.of(STABLE_COVERAGE) < fewest);
    }

    boolean superior() {
        return reading.of(SUPERIORITY_LOG_E) >= won;
    }

    private boolean nonInferior() {
        return plan.decision().goal() == Decision.Goal.NOT_INFERIOR && reading.of(NON_INFERIORITY_LOG_E) >= won;
    }

    boolean objectiveShown() {
        return !judgesLabels() || superior() || nonInferior();
    }

    private boolean guardrailsShown() {
        for (int i = 0; i < plan.guardrails().size(); i++) {
            if (!shown(i)) {
                return false;
            }
        }
        return true;
    }

    boolean shown(int guardrail) {
        Guardrail rail = plan.guardrails().get(guardrail);
        return !rail.proven() || reading.of(guardrail, GuardrailQuantity.PROOF_LOG_E) >= won;
    }

    /** The verdict with its reason and how each metric stands. */
    Judgement judgement() {
        Verdict verdict = verdict();
        MetricReports reports = new MetricReports(situation, this);
        String reason = switch (verdict) {
            case ERROR -> platformFails() ? platformSentence() : skewSentence();
            case FAIL -> guardrailHarm().orElseGet(this::pairedHarmSentence);
            case NO_DATA -> noDataSentence();
            case PASS -> passSentence();
            case INCONCLUSIVE -> reports.undecidedSentence();
        };
        return new Judgement(verdict, reason, reports.all());
    }

    private String noDataSentence() {
        String sentence = "the candidate has computed " + Sentences.number(reading.of(CANDIDATE_REQUESTS))
                + " requests, and " + Sentences.number(reading.of(LABELS))
                + " labels are known by which to compare";
        return plan.decision().minimumCoverage() == 0
                ? sentence
                : sentence + "; labelled are " + Sentences.percent(reading.of(STABLE_COVERAGE))
                        + " of the champion's and " + Sentences.percent(reading.of(CANDIDATE_COVERAGE))
                        + " of the candidate's answers, "
                        + Sentences.percent(plan.decision().minimumCoverage()) + " are asked for";
    }

    private String passSentence() {
        if (!judgesLabels()) {
            return "every guardrail is shown to be no worse than allowed";
        }
        double logE = superior() ? reading.of(SUPERIORITY_LOG_E) : reading.of(NON_INFERIORITY_LOG_E);
        String margin = Sentences.number(plan.decision().margin());
        return labelsSentence() + "; " + (superior() ? "superior" : "not inferior by " + margin) + " with e = "
                + Sentences.e(logE) + " ≥ " + Sentences.number(plan.promotionThreshold());
    }

    String labelsSentence() {
        double candidates = reading.of(CANDIDATE_SINGLE_LABELS);
        double stables = reading.of(STABLE_SINGLE_LABELS);
        return candidates + stables == 0 ? pairsSentence() : singlesSentence(candidates, stables);
    }

    private String singlesSentence(double candidates, double stables) {
        return "mean loss " + Sentences.number(reading.of(CANDIDATE_SINGLE_LOSS)) + " of the candidate on "
                + Sentences.number(candidates) + " labels, " + Sentences.number(reading.of(STABLE_SINGLE_LOSS))
                + " of the champion on " + Sentences.number(stables) + " others";
    }

    private String pairsSentence() {
        return "paired on " + Sentences.number(reading.of(LABELS))
                + " labels: candidate right where the champion is wrong "
                + Sentences.number(reading.of(CANDIDATE_BETTER)) + " times, the opposite "
                + Sentences.number(reading.of(STABLE_BETTER)) + " times";
    }
}
