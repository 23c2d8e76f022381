package io.homeostat.study.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpaceTest {
    private static final Map<String, Object> PLAIN = plain();

    private static Map<String, Object> plain() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("learning_rate", Map.of("float", List.of(0.005, 0.3), "log", true));
        map.put("subsample", Map.of("float", List.of(0.1, 1), "step", 0.1));
        map.put("momentum", Map.of("float", List.of(-1, 1)));
        map.put("num_leaves", Map.of("int", List.of(4, 256), "log", true));
        map.put("depth", Map.of("int", List.of(-3, 10), "step", 3));
        map.put("boosting", Map.of("categorical", List.of("gbdt", "dart")));
        map.put("mixed", Map.of("categorical", List.of(1, "1", true, 2.5)));
        map.put("max_bin", Map.of("constant", 63));
        return map;
    }

    @Test
    void plainMapIsReadInOrderAndWrittenBack() {
        // when
        Space space = Space.parse(PLAIN);

        // then
        assertThat(space.parameters().keySet()).containsExactlyElementsOf(PLAIN.keySet());
        assertThat(space.parameters().get("learning_rate")).isEqualTo(FloatParameter.log(0.005, 0.3));
        assertThat(space.parameters().get("num_leaves")).isEqualTo(IntParameter.log(4, 256));
        assertThat(space.parameters().get("subsample"))
                .isEqualTo(new FloatParameter(0.1, 1, false, OptionalDouble.of(0.1)));
        assertThat(space.parameters().get("max_bin")).isEqualTo(new ConstantParameter(63L));
        assertThat(Space.parse(space.toMap())).isEqualTo(space);
    }

    static List<List<Object>> mistakes() {
        return List.of(
                List.of(Map.of("int", List.of(256, 4)), "space.p: low 256 is above high 4. Maybe they are swapped."),
                List.of(
                        Map.of("float", List.of(0.3, 0.1)),
                        "space.p: low 0.3 is above high 0.1. Maybe they are swapped."),
                List.of(Map.of("float", List.of(0, 1), "log", true), "space.p: low 0.0 has no logarithm."),
                List.of(Map.of("int", List.of(0, 9), "log", true), "space.p: low 0 has no logarithm."),
                List.of(Map.of("float", List.of(1, 2), "step", 0), "space.p: step 0.0 is not above 0."),
                List.of(Map.of("int", List.of(1, 2), "step", 0), "space.p: step 0 is not in"),
                List.of(Map.of("float", List.of(0, 1), "lgo", true), "space.p.lgo: is not known. Known here: float"),
                List.of(Map.of("constant", 1, "log", true), "space.p.log: is not known. Known here: constant, when."),
                List.of(Map.of("uniform", List.of(0, 1)), "space.p: has the keys [uniform], none of float"),
                List.of(Map.of("int", List.of(0, 1), "float", List.of(0, 1)), "space.p: is both float and int."),
                List.of(Map.of("categorical", List.of()), "space.p: has no choices."),
                List.of(Map.of("categorical", List.of("a", "a")), "space.p: choice \"a\" is listed twice."),
                List.of(Map.of("categorical", List.of(1, 1.0)), "space.p: choice 1.0 is listed twice."),
                List.of(Map.of("categorical", List.of(List.of())), "space.p.categorical: [] is not a string"),
                List.of(Map.of("categorical", "gbdt"), "space.p.categorical: \"gbdt\" is not a list."),
                List.of(Map.of("float", List.of(1)), "space.p.float: [1] is not a range. Write [low, high]."),
                List.of(Map.of("float", List.of("a", 1)), "space.p.float: \"a\" is not a number."),
                List.of(Map.of("float", List.of(0, Double.NaN)), "space.p.float: NaN is not a finite number."),
                List.of(Map.of("int", List.of(0, 1.5)), "space.p.int: 1.5 is not a whole number."),
                List.of(Map.of("int", List.of(0, Long.MAX_VALUE)), "space.p.int: 9223372036854775807 is beyond 2^53"),
                List.of(Map.of("int", List.of(1, 2), "log", "yes"), "space.p.log: \"yes\" is not true or false."),
                List.of(
                        Map.of("float", List.of(-Double.MAX_VALUE, Double.MAX_VALUE)),
                        "space.p: range [-1.7976931348623157E308, 1.7976931348623157E308] is not finite."),
                List.of(7, "space.p: 7 is not a map."));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamedWithItsPathAndAWayOut(List<Object> mistake) {
        // when / then
        assertThatThrownBy(() -> Space.parse(Map.of("p", mistake.get(0))))
                .isInstanceOf(SpaceException.class)
                .hasMessageStartingWith((String) mistake.get(1))
                .satisfies(e -> assertThat(((SpaceException) e).path()).startsWith("space.p"));
    }

    @Test
    void anEmptySpaceIsRefused() {
        assertThatThrownBy(() -> Space.parse(Map.of())).hasMessage("space: is empty. Name at least one parameter.");
    }

    @Test
    void valuesAreBroughtIntoTheirOneForm() {
        // given
        Space space = Space.parse(PLAIN);
        Map<String, Object> values = new HashMap<>(space.middle().values());
        values.put("momentum", 0);
        values.put("num_leaves", 31.0);
        values.put("subsample", 0.30000000000000004);
        values.put("max_bin", 63);

        // when
        Configuration configuration = space.validate(values);

        // then
        assertThat(configuration.values())
                .containsEntry("momentum", 0.0)
                .containsEntry("num_leaves", 31L)
                .containsEntry("max_bin", 63L);
        assertThat(configuration.values().keySet()).containsExactlyElementsOf(PLAIN.keySet());
        assertThat(new Configuration(Map.of("n", 1))).isEqualTo(new Configuration(Map.of("n", 1L)));
    }

    static List<List<Object>> badValues() {
        return List.of(
                List.of("num_leaves", 300, "configuration.num_leaves: 300 is out of range [4, 256]."),
                List.of("num_leaves", 4.5, "configuration.num_leaves: 4.5 is not a whole number."),
                List.of("depth", 1, "configuration.depth: 1 is not on the grid -3 + k * 3."),
                List.of("depth", "x", "configuration.depth: \"x\" is not a number."),
                List.of("learning_rate", Double.NaN, "configuration.learning_rate: NaN is not a finite number."),
                List.of("subsample", 0.15, "configuration.subsample: 0.15 is not on the grid 0.1 + k * 0.1."),
                List.of("boosting", "goss", "configuration.boosting: \"goss\" is not among the choices [gbdt, dart]."),
                List.of("max_bin", 64, "configuration.max_bin: 64 is not the constant 63."),
                List.of("leaves", 3, "configuration.leaves: is not in the space. It has: learning_rate"));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void aBadValueIsNamed(List<Object> bad) {
        // given
        Space space = Space.parse(PLAIN);
        Map<String, Object> values = new HashMap<>(space.middle().values());
        values.put((String) bad.get(0), bad.get(1));

        // when / then
        assertThatThrownBy(() -> space.validate(values)).hasMessageStartingWith((String) bad.get(2));
        assertThat(space.contains(values)).isFalse();
    }

    @Test
    void aMissingValueIsNamed() {
        assertThatThrownBy(() -> Space.parse(PLAIN).validate(Map.of()))
                .hasMessage("configuration.learning_rate: is missing.");
    }

    @Test
    void samplesAreValidAndSurviveTheUnitCube() {
        // given
        Space space = Space.parse(PLAIN);
        SplittableRandom random = new SplittableRandom(7);

        for (int i = 0; i < 2000; i++) {
            // when
            Configuration sample = space.sample(random);
            double[] unit = space.toUnit(sample);
            Configuration back = space.fromUnit(unit);

            // then
            assertThat(space.validate(sample.values())).isEqualTo(sample);
            assertThat(Arrays.stream(unit).allMatch(u -> u >= 0 && u <= 1)).isTrue();
            assertThat(new Configuration(without(back))).isEqualTo(new Configuration(without(sample)));
            assertThat((Double) back.values().get("learning_rate"))
                    .isCloseTo((Double) sample.values().get("learning_rate"), within(1e-12));
        }
    }

    private static Map<String, Object> without(Configuration configuration) {
        Map<String, Object> rest = new HashMap<>(configuration.values());
        rest.remove("learning_rate");
        rest.remove("momentum");
        return rest;
    }

    @Test
    void everySteppedValueGetsItsShareOfTheUnitInterval() {
        // given
        Parameter parameter = new IntParameter(-3, 10, false, 3);

        // when
        List<Object> values = Arrays.stream(new double[] {0, 0.19, 0.21, 0.5, 0.79, 0.81, 1})
                .mapToObj(parameter::fromUnit)
                .toList();

        // then
        assertThat(values).containsExactly(-3L, -3L, 0L, 3L, 6L, 9L, 9L);
        assertThat(parameter.size()).hasValue(5);
    }

    @Test
    void aGridWhoseHighIsNotReachedEndsBelowIt() {
        // given
        Parameter parameter = new FloatParameter(0, 1, false, OptionalDouble.of(0.4));

        // when / then
        assertThat(parameter.fromUnit(1)).isEqualTo(0.8);
        assertThatThrownBy(() -> parameter.accept(1)).hasMessageContaining("is not on the grid");
    }

    @Test
    void logarithmicScaleHasTheGeometricMeanInTheMiddle() {
        assertThat((double) FloatParameter.log(0.01, 1).middle()).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void sizeCountsPoints() {
        assertThat(Space.parse(PLAIN).size()).isEmpty();
        assertThat(new Space(Map.of("c", new ConstantParameter("x"))).size()).hasValue(1);
        assertThat(new Space(Map.of("a", IntParameter.linear(0, 9), "b", CategoricalParameter.of("x", "y"))).size())
                .hasValue(20);
        IntParameter wide = IntParameter.linear(0, 1L << 40);
        assertThat(new Space(Map.of("a", wide, "b", wide)).size()).isEmpty();
    }

    @Test
    void aForeignConfigurationKeepsWhatFitsAndSaysWhatItLost() {
        // given
        Space space = Space.parse(PLAIN);

        // when
        Projection projection = space.project(Map.of("num_leaves", 31, "learning_rate", 0.9, "lambda", 1));

        // then
        assertThat(projection.kept()).containsExactly("num_leaves");
        assertThat(projection.dropped())
                .containsEntry("learning_rate", "0.9 is out of range [0.005, 0.3].")
                .containsEntry("lambda", "is not in this space.");
        assertThat(projection.filled()).hasSize(7).contains("learning_rate");
        assertThat(projection.configuration().values())
                .containsEntry("num_leaves", 31L)
                .containsEntry("learning_rate", space.middle().values().get("learning_rate"));
    }

    @Test
    void everyPlaceOfAStretchIsMappedToItsValue() {
        // given
        Space space = Space.parse(PLAIN);
        SplittableRandom random = new SplittableRandom(3);

        for (int i = 0; i < 500; i++) {
            Configuration sample = space.sample(random);
            space.parameters().forEach((name, parameter) -> {
                if (parameter.size().isPresent()) {
                    // when
                    Object value = sample.values().get(name);
                    Stretch stretch = parameter.stretch(value);

                    // then
                    double inside = stretch.from() + stretch.width() * random.nextDouble(0.001, 0.999);
                    assertThat(parameter.fromUnit(inside)).isEqualTo(value);
                }
            });
        }
    }

    @Test
    void aFiniteSpaceIsCountedThrough() {
        // given
        Space space = Space.parse(Map.of(
                "a", Map.of("int", List.of(1, 3), "log", true),
                "b", Map.of("categorical", List.of("x", "y")),
                "c", Map.of("float", List.of(0, 1), "step", 0.5),
                "d", Map.of("constant", 1)));

        // when
        List<Configuration> points =
                java.util.stream.LongStream.range(0, 18).mapToObj(space::at).toList();

        // then
        assertThat(space.size()).hasValue(18);
        assertThat(points).doesNotHaveDuplicates();
        assertThatThrownBy(() -> space.at(18)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void whatAForeignConfigurationLacksMayBeDrawn() {
        // given
        Space space = Space.parse(PLAIN);

        // when
        Projection projection = space.project(Map.of("num_leaves", 31), new SplittableRandom(1));

        // then
        assertThat(projection.configuration().values()).containsEntry("num_leaves", 31L);
        assertThat(projection.configuration())
                .isNotEqualTo(space.project(Map.of("num_leaves", 31)).configuration());
    }
}
