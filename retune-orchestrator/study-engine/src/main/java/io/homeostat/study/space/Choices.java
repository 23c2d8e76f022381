package io.homeostat.study.space;

import java.util.ArrayList;
import java.util.List;

/** The choices of a categorical or ordinal parameter. */
final class Choices {
    private static final int MOST = 1000;

    private Choices() {}

    static List<Object> checked(List<Object> choices) {
        if (choices.isEmpty()) {
            throw new SpaceException("", "has no choices. List at least one.");
        }
        if (choices.size() > MOST) {
            throw new SpaceException("", choices.size() + " choices are more than " + MOST + ". Use int.");
        }
        List<Object> distinct = new ArrayList<>(choices.size());
        for (Object choice : choices) {
            Object scalar = Scalar.of(choice, "");
            if (distinct.stream().anyMatch(other -> Scalar.same(other, scalar))) {
                throw new SpaceException("", "choice " + Scalar.show(scalar) + " is listed twice.");
            }
            distinct.add(scalar);
        }
        return List.copyOf(distinct);
    }

    static int indexOf(List<Object> choices, Object value) {
        for (int i = 0; i < choices.size(); i++) {
            if (Scalar.same(choices.get(i), value)) {
                return i;
            }
        }
        throw new SpaceException("", Scalar.show(value) + " is not among the choices " + Scalar.show(choices) + ".");
    }
}
