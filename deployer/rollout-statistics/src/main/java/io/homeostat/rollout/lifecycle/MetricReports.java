package io.homeostat.rollout.lifecycle;

import io.homeostat.rollout.guardrail.Guardrail;
import io.homeostat.rollout.plan.Decision;
import io.homeostat.rollout.plan.RolloutPlan;
import io.homeostat.rollout.verdict.LabelForecast;
import io.homeostat.rollout.verdict.MetricReport;
import io.homeostat.rollout.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** How each metric stands, and what is missing. */
final class MetricReports {
    private static final LabelForecast NONE = new LabelForecast(0, 0, 0, 0);

    private final Situation situation;
    private final Judge judge;
    private final RolloutPlan plan;
    private final Reading reading;
    private final double won;

    MetricReports(Situation situation, Judge judge) {
        this.situation = situation;
        this.judge = judge;
        plan = situation.plan();
        reading = situation.reading();
        won = Math.log(plan.promotionThreshold());
    }

    List<MetricReport> all() {
        List<MetricReport> reports = new ArrayList<>();
        for (int i = 0; i < plan.guardrails().size(); i++) {
            reports.add(guardrail(i));
        }
        String objective = plan.decision().objective();
        if (objective != null) {
            reports.add(objective(objective));
        }
        return reports;
    }

    private MetricReport guardrail(int i) {
        Guardrail rail = plan.guardrails().get(i);
        if (judge.harmed(i)) {
            return report(rail.name(), Verdict.FAIL, reading.of(i, GuardrailQuantity.HARM_LOG_E), NONE);
        }
        double requests = reading.of(i, GuardrailQuantity.CANDIDATE_REQUESTS);
        double logE = reading.of(i, GuardrailQuantity.PROOF_LOG_E);
        if (requests == 0 || judge.shown(i)) {
            return report(rail.name(), requests == 0 ? Verdict.NO_DATA : Verdict.PASS, logE, NONE);
        }
        double stable = reading.of(i, GuardrailQuantity.STABLE_SHARE);
        double candidate = reading.of(i, GuardrailQuantity.CANDIDATE_SHARE);
        double variance = stable * (1 - stable) + candidate * (1 - candidate);
        return report(
                rail.name(),
                Verdict.INCONCLUSIVE,
                logE,
                new LabelForecast(requests, stable - candidate + rail.allowedIncrease(), variance, won - logE));
    }

    private MetricReport objective(String name) {
        double superior = reading.of(Quantity.SUPERIORITY_LOG_E);
        double notInferior = reading.of(Quantity.NON_INFERIORITY_LOG_E);
        boolean either = plan.decision().goal() == Decision.Goal.NOT_INFERIOR;
        double logE = either ? Math.max(superior, notInferior) : superior;
        if (judge.pairedHarm()) {
            return report(name, Verdict.FAIL, reading.of(Quantity.HARM_LOG_E), NONE);
        }
        if (reading.of(Quantity.LABELS) == 0 || judge.objectiveShown()) {
            return report(name, judge.objectiveShown() ? Verdict.PASS : Verdict.NO_DATA, logE, NONE);
        }
        LabelForecast better = forecast(0, superior);
        LabelForecast noWorse = either ? forecast(plan.decision().margin(), notInferior) : NONE;
        boolean second =
                noWorse.missing().orElse(Long.MAX_VALUE) < better.missing().orElse(Long.MAX_VALUE);
        return report(name, Verdict.INCONCLUSIVE, logE, second ? noWorse : better);
    }

    private LabelForecast forecast(double margin, double logE) {
        return new LabelForecast(
                reading.of(Quantity.LABELS),
                reading.of(Quantity.MEAN_DIFFERENCE) + margin,
                reading.of(Quantity.VARIANCE),
                won - logE);
    }

    private MetricReport report(String name, Verdict verdict, double logE, LabelForecast forecast) {
        Duration elapsed = Duration.between(situation.times().started(), situation.now());
        return new MetricReport(name, verdict, logE, forecast.missing(), forecast.time(elapsed));
    }

    /** What is undecided, with about how much is missing. */
    String undecidedSentence() {
        StringBuilder sentence = new StringBuilder();
        if (judge.judgesLabels()) {
            sentence.append(judge.labelsSentence()).append("; undecided (superior e = ");
            sentence.append(Sentences.e(reading.of(Quantity.SUPERIORITY_LOG_E))).append(", not inferior e = ");
            sentence.append(Sentences.e(reading.of(Quantity.NON_INFERIORITY_LOG_E)))
                    .append(')');
        } else {
            sentence.append("undecided");
        }
        for (MetricReport report : all()) {
            if (report.verdict() == Verdict.INCONCLUSIVE || report.verdict() == Verdict.NO_DATA) {
                sentence.append(", ").append(missing(report));
            }
        }
        return sentence.toString();
    }

    private String missing(MetricReport report) {
        OptionalLong needed = report.needed();
        if (needed.isEmpty()) {
            return report.name() + ": no number can be foretold yet";
        }
        Optional<Duration> about = report.about();
        String what = report.name().equals(plan.decision().objective()) ? "labels" : "requests";
        return report.name() + " needs about " + needed.getAsLong() + " more " + what
                + about.map(time -> ", about " + Sentences.time(time)).orElse("");
    }
}
