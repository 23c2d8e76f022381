package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.GuardrailState;
import io.homeostat.rollout.guardrail.GuardrailVerdict;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.verdict.Judgement;
import io.homeostat.rollout.verdict.LabelForecast;
import io.homeostat.rollout.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the evidence of a rollout. */
final class Judge {
    /** Recent share of failures of the champion from which the platform counts as failing. */
    static final double PLATFORM_FAILS = .2;
    /** ... and below which it has recovered. */
    static final double PLATFORM_RECOVERED = .1;
    /** Requests needed to say so. */
    static final long FEWEST_RECENT = 20;
    /** A candidate failing more than this many times the champion's share is bad by itself. */
    static final double COMPARABLE = 2;

    private final Rollout rollout;
    private final RolloutPlan plan;
    private final RolloutEvidence evidence;
    private final PairedEvidence pairs;

    Judge(Rollout rollout) {
        this.rollout = rollout;
        plan = rollout.plan();
        evidence = rollout.evidence();
        pairs = watching() ? evidence.watchPairs() : evidence.pairs();
    }

    private boolean watching() {
        return rollout.state() instanceof RolloutState.Watching || rollout.state() instanceof RolloutState.Promoted;
    }

    /** Whether the champion fails at a high rate and the candidate at a comparable one. */
    boolean platformFails() {
        return stableFailsFrom(PLATFORM_FAILS) && !candidateStandsOut();
    }

    boolean platformRecovered() {
        return !stableFailsFrom(PLATFORM_RECOVERED);
    }

    private boolean stableFailsFrom(double rate) {
        RecentRate stable = evidence.stable().recent();
        return stable.count() >= FEWEST_RECENT && stable.rate() >= rate;
    }

    private boolean candidateStandsOut() {
        RecentRate candidate = evidence.candidate().recent();
        return candidate.count() >= FEWEST_RECENT
                && candidate.rate() > COMPARABLE * evidence.stable().recent().rate();
    }

    String platformSentence() {
        return "the champion fails, too: "
                + Sentences.percent(evidence.stable().recent().rate())
                + " of its recent requests (at least " + Sentences.percent(PLATFORM_FAILS)
                + " counts as an outage), the candidate "
                + Sentences.percent(evidence.candidate().recent().rate());
    }

    /** The first guardrail that shows harm, as a sentence. */
    Optional<String> guardrailHarm() {
        for (GuardrailState state : evidence.guardrails()) {
            if (state.verdict(plan.harmTests(), plan.decision().errorBudget()) == GuardrailVerdict.HARM) {
                return Optional.of(sentence(state));
            }
        }
        return Optional.empty();
    }

    private String sentence(GuardrailState state) {
        return state.name() + ": of " + state.process().failures() + " failing units "
                + state.process().candidateFailures() + " are the candidate's ("
                + share(state.candidateViolations(), state.candidateRequests()) + " of its requests, the champion's "
                + share(state.stableViolations(), state.stableRequests()) + "); harm with e = "
                + Sentences.e(state.process().logE()) + " ≥ " + Sentences.number(plan.harmThreshold());
    }

    private static String share(long part, long whole) {
        return Sentences.percent(whole == 0 ? 0 : (double) part / whole);
    }

    /** Whether the labels show that the candidate is worse. */
    boolean pairedHarm() {
        return pairs.harm().logE() >= Math.log(plan.harmThreshold());
    }

    String pairedHarmSentence() {
        return pairs.sentence() + "; worse with e = " + Sentences.e(pairs.harm().logE()) + " ≥ "
                + Sentences.number(plan.harmThreshold());
    }

    /** Whether the candidate had already been shown to be better. */
    boolean wasSuperior() {
        return pairs.highestSuperiorityLogE() >= winning();
    }

    boolean superior() {
        return pairs.superiority().logE() >= winning();
    }

    boolean nonInferior() {
        return pairs.nonInferiority().logE() >= winning();
    }

    /** Whether the candidate has done worse so far, however uncertain that is. */
    boolean isBehind() {
        return pairs.differences().mean() < 0;
    }

    private double winning() {
        return Math.log(plan.promotionThreshold());
    }

    boolean enoughRequests() {
        return evidence.candidateInStep() >= plan.minimumRequests();
    }

    Judgement judgement() {
        Optional<String> harm = guardrailHarm();
        if (platformFails()) {
            return Judgement.settled(Verdict.ERROR, platformSentence());
        }
        if (harm.isPresent()) {
            return Judgement.settled(Verdict.FAIL, harm.get());
        }
        if (pairedHarm()) {
            return Judgement.settled(Verdict.FAIL, pairedHarmSentence());
        }
        if (evidence.candidate().requests() == 0 || pairs.pairs() == 0) {
            return Judgement.settled(Verdict.NO_DATA, noDataSentence());
        }
        return superior() || nonInferior() ? Judgement.settled(Verdict.PASS, passSentence()) : inconclusive();
    }

    private String noDataSentence() {
        return "the candidate has computed " + evidence.candidate().requests() + " requests, and " + pairs.pairs()
                + " labels are known for both versions";
    }

    private String passSentence() {
        boolean superior = superior();
        double logE =
                superior ? pairs.superiority().logE() : pairs.nonInferiority().logE();
        String margin = Sentences.number(plan.decision().margin());
        return pairs.sentence() + "; " + (superior ? "superior" : "not inferior by " + margin) + " with e = "
                + Sentences.e(logE) + " ≥ " + Sentences.number(plan.promotionThreshold());
    }

    private Judgement inconclusive() {
        double alpha = plan.decision().errorBudget();
        OptionalLong superior = LabelForecast.missing(pairs.superiority(), pairs.differences(), alpha);
        OptionalLong equal = LabelForecast.missing(pairs.nonInferiority(), pairs.differences(), alpha);
        long fewest = Math.min(superior.orElse(Long.MAX_VALUE), equal.orElse(Long.MAX_VALUE));
        boolean known = fewest < Long.MAX_VALUE;
        String needs = known ? "needs about " + fewest + " more labels" : "no number of labels can be foretold yet";
        return new Judgement(
                Verdict.INCONCLUSIVE,
                pairs.sentence() + "; undecided (superior e = "
                        + Sentences.e(pairs.superiority().logE()) + ", not inferior e = "
                        + Sentences.e(pairs.nonInferiority().logE()) + "), " + needs,
                known ? OptionalLong.of(fewest) : OptionalLong.empty());
    }

    Map<String, Double> inputs() {
        Map<String, Double> inputs = new LinkedHashMap<>();
        inputs.put("stableRequests", (double) evidence.stable().requests());
        inputs.put("stableFailures", (double) evidence.stable().failures());
        inputs.put("candidateRequests", (double) evidence.candidate().requests());
        inputs.put("candidateFailures", (double) evidence.candidate().failures());
        inputs.put("candidateInStep", (double) evidence.candidateInStep());
        inputs.put("candidateServedShare", evidence.candidateServedShare());
        inputs.put("pairedLabels", (double) pairs.pairs());
        inputs.put("candidateBetter", (double) pairs.candidateBetter());
        inputs.put("stableBetter", (double) pairs.stableBetter());
        inputs.put("meanDifference", pairs.differences().mean());
        inputs.put("superiorityLogE", pairs.superiority().logE());
        inputs.put("nonInferiorityLogE", pairs.nonInferiority().logE());
        inputs.put("harmLogE", pairs.harm().logE());
        inputs.put("harmThreshold", plan.harmThreshold());
        inputs.put("promotionThreshold", plan.promotionThreshold());
        evidence.guardrails()
                .forEach(state -> inputs.put(
                        "guardrail." + state.name() + ".logE", state.process().logE()));
        return inputs;
    }
}
