package io.homeostat.meta.method;

import io.homeostat.meta.transfer.Past;
import io.homeostat.study.sampler.Sampler;
import io.homeostat.study.sampler.SamplerRequest;
import io.homeostat.study.sampler.Suggestion;
import io.homeostat.study.sampler.Unseen;
import io.homeostat.study.space.CategoricalParameter;
import io.homeostat.study.space.Condition;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.FloatParameter;
import io.homeostat.study.space.IntParameter;
import io.homeostat.study.space.OrdinalParameter;
import io.homeostat.study.space.Parameter;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import io.homeostat.study.trial.RunningTrial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Searches only where earlier tasks were good: from the least to the largest value that the best of a task has in each
 * parameter, and among its choices.
 *
 * <p>A number in which all agree, and a parameter that some earlier tasks did not have or that others depend on, keeps its
 * range. Where every point of the box was tried the whole space is searched.
 *
 * <p>Parameters: {@code top}, how many of each task span the box; 1 to 1,000, default 1. {@code sampler}, who searches in it;
 * default {@code auto}.
 *
 * <p>Reference: V. Perrone et al., Learning Search Spaces for Bayesian Optimization: Another View of Hyperparameter Transfer
 * Learning, NeurIPS 2019.
 */
record BoundingBox(int top, Supplier<Sampler> inside) implements Transfer {

    @Override
    public Sampler sampler(Past past) {
        Sampler sampler = inside.get();
        if (past.tasks().isEmpty()) {
            return sampler;
        }
        Space box = box(past);
        return request -> {
            Suggestion suggestion = sampler.suggest(in(box, request));
            Configuration configuration =
                    request.space().validate(suggestion.configuration().values());
            return new Unseen(request).test(configuration) ? suggestion : sampler.suggest(request);
        };
    }

    private Space box(Past past) {
        Space space = past.target().space();
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        space.parameters().forEach((name, parameter) -> {
            boolean parent =
                    space.conditions().values().stream().map(Condition::parent).anyMatch(name::equals);
            List<Object> values = past.tasks().stream()
                    .flatMap(task -> task.configurations().stream().limit(top))
                    .map(configuration -> configuration.values().get(name))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            boolean everywhere = past.tasks().stream().allMatch(task -> task.knows(name));
            parameters.put(name, parent || !everywhere || values.isEmpty() ? parameter : narrowed(parameter, values));
        });
        return new Space(parameters, space.conditions());
    }

    private static Parameter narrowed(Parameter parameter, List<Object> values) {
        Map<String, Object> written = new LinkedHashMap<>(parameter.toMap());
        if (parameter instanceof FloatParameter || parameter instanceof IntParameter) {
            if (values.size() < 2) {
                return parameter;
            }
            Object least = values.stream().min((a, b) -> compare(a, b)).orElseThrow();
            Object most = values.stream().max((a, b) -> compare(a, b)).orElseThrow();
            written.put(parameter instanceof FloatParameter ? "float" : "int", List.of(least, most));
        } else if (parameter instanceof CategoricalParameter categorical) {
            written.put(
                    "categorical",
                    categorical.choices().stream().filter(values::contains).toList());
            written.remove("weights");
        } else if (parameter instanceof OrdinalParameter ordinal) {
            written.put(
                    "ordinal",
                    ordinal.choices().stream().filter(values::contains).toList());
        }
        return Space.parse(Map.of("x", written)).parameter("x");
    }

    private static int compare(Object a, Object b) {
        return Double.compare(((Number) a).doubleValue(), ((Number) b).doubleValue());
    }

    private static SamplerRequest in(Space box, SamplerRequest request) {
        List<FinishedTrial> finished = request.finished().stream()
                .filter(trial -> box.contains(trial.configuration().values()))
                .toList();
        List<RunningTrial> running = request.running().stream()
                .filter(trial -> box.contains(trial.configuration().values()))
                .toList();
        return new SamplerRequest(
                History.of(box, request.goals(), finished),
                running,
                request.seed(),
                request.trialNumber(),
                request.left(),
                request.parallelism());
    }
}
