package io.homeostat.study.space;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * One of a list of choices without order. Example: {@code boosting: {categorical: [gbdt, dart]}}, or, where some are
 * likelier to be good than others, {@code boosting: {categorical: [gbdt, dart], weights: [3, 1]}}.
 *
 * @param choices strings, numbers or booleans, each once; 1 to 1000 of them; the first is the default
 * @param weights the prior weight of each choice, above 0 and finite, in any unit; empty if all are alike
 */
public record CategoricalParameter(List<Object> choices, List<Double> weights) implements Parameter {

    public CategoricalParameter {
        choices = Choices.checked(choices);
        weights = List.copyOf(weights);
        if (!weights.isEmpty() && weights.size() != choices.size()) {
            throw new SpaceException(
                    "weights", weights.size() + " weights for " + choices.size() + " choices. Give one for each.");
        }
        for (double weight : weights) {
            if (!(weight > 0 && Double.isFinite(weight))) {
                throw new SpaceException(
                        "weights", weight + " is not above 0. Leave out a choice that is never taken.");
            }
        }
    }

    /** Choices that are all alike. */
    public CategoricalParameter(List<Object> choices) {
        this(choices, List.of());
    }

    /** The choices in this order. */
    public static CategoricalParameter of(Object... choices) {
        return new CategoricalParameter(List.of(choices));
    }

    /** The place of a choice in the list. */
    public int indexOf(Object value) {
        return Choices.indexOf(choices, value);
    }

    /** The prior probability of the choice with this index. */
    public double share(int index) {
        return weights.isEmpty() ? 1.0 / choices.size() : weights.get(index) / sum(choices.size());
    }

    @Override
    public Object accept(Object value) {
        return choices.get(indexOf(Scalar.of(value, "")));
    }

    @Override
    public double toUnit(Object value) {
        return stretch(value).middle();
    }

    @Override
    public Object fromUnit(double unit) {
        double u = Math.min(1, Math.max(0, unit));
        if (weights.isEmpty()) {
            return choices.get(Math.min(choices.size() - 1, (int) (u * choices.size())));
        }
        double left = u * sum(choices.size());
        int index = 0;
        while (index < choices.size() - 1 && left >= weights.get(index)) {
            left -= weights.get(index++);
        }
        return choices.get(index);
    }

    @Override
    public Object middle() {
        return choices.get(0);
    }

    @Override
    public Stretch stretch(Object value) {
        int index = indexOf(value);
        double all = sum(choices.size());
        return new Stretch(sum(index) / all, sum(index + 1) / all);
    }

    @Override
    public Object at(long index) {
        return choices.get((int) Objects.checkIndex(index, (long) choices.size()));
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.of(choices.size());
    }

    @Override
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("categorical", choices);
        if (!weights.isEmpty()) {
            map.put("weights", weights);
        }
        return map;
    }

    /** The weight of the first choices. */
    private double sum(int first) {
        if (weights.isEmpty()) {
            return first;
        }
        double sum = 0;
        for (int i = 0; i < first; i++) {
            sum += weights.get(i);
        }
        return sum;
    }
}
