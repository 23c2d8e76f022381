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
import java.util.stream.LongStream;
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
                List.of(
                        Map.of("quniform", List.of(0, 1, 2)),
                        "space.p: has the keys [quniform], none of float, int, categorical, ordinal, normal, lognormal,"
                                + " constant. Write quniform as {float: [low, high], step: q}."),
                List.of(Map.of("ordinal", List.of()), "space.p: has no choices."),
                List.of(Map.of("normal", List.of(0, 0)), "space.p: mean 0.0 with deviation 0.0 is no normal"),
                List.of(Map.of("lognormal", List.of(0, 200)), "space.p: its values are too large or too small"),
                List.of(Map.of("normal", List.of(0, 1), "step", -1), "space.p: step -1.0 is not above 0."),
                List.of(Map.of("normal", List.of(0, 1), "log", true), "space.p.log: is not known. Known here: normal"),
                List.of(
                        Map.of("categorical", List.of("a", "b"), "weights", List.of(1)),
                        "space.p.weights: 1 weights for 2 choices."),
                List.of(
                        Map.of("categorical", List.of("a", "b"), "weights", List.of(1, 0)),
                        "space.p.weights: 0.0 is not above 0."),
                List.of(
                        Map.of("constant", 1, "when", "x"),
                        "space.p.when: \"x\" is not one parameter with its values."),
                List.of(
                        Map.of("constant", 1, "when", Map.of("p", List.of())),
                        "space.p.when.p: lists no value, so it would never be there."),
                List.of(Map.of("constant", 1, "when", Map.of("q", 1)), "space.p.when.q: is not in the space."),
                List.of(Map.of("constant", 1, "when", Map.of("p", 1)), "space.p.when: hangs on itself, by p."),
                List.of(
                        Map.of("constant", 1, "when", Map.of("p", Map.of("least", 1))),
                        "space.p.when.p.least: is not known. Known here: atLeast, atMost."),
                List.of(Map.of("constant", 1, "when", Map.of("p", Map.of())), "space.p.when.p: has no bound."),
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
        List<Configuration> points = LongStream.range(0, 18).mapToObj(space::at).toList();

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

    private static final Space TREE = Space.parse(tree());

    private static Map<String, Object> tree() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("degree", Map.of("int", List.of(2, 5), "when", Map.of("kernel", "poly")));
        map.put("model", Map.of("categorical", List.of("svm", "net", "none")));
        map.put("kernel", Map.of("ordinal", List.of("linear", "poly"), "when", Map.of("model", List.of("svm"))));
        map.put("layers", Map.of("int", List.of(1, 3), "when", Map.of("model", "net")));
        map.put("units1", Map.of("int", List.of(1, 2), "when", Map.of("layers", Map.of("atLeast", 1))));
        map.put("units2", Map.of("int", List.of(1, 2), "when", Map.of("layers", Map.of("atLeast", 2, "atMost", 2))));
        map.put("flag", Map.of("categorical", List.of(true, false)));
        return map;
    }

    @Test
    void aConfigurationHasTheActiveParametersOnly() {
        assertThat(TREE.validate(Map.of("model", "svm", "kernel", "poly", "degree", 3, "flag", true))
                        .values())
                .containsExactly(
                        Map.entry("degree", 3L),
                        Map.entry("model", "svm"),
                        Map.entry("kernel", "poly"),
                        Map.entry("flag", true));
        assertThat(TREE.middle().values()).containsOnlyKeys("degree", "model", "kernel", "flag");
        assertThatThrownBy(() -> TREE.validate(Map.of("model", "none", "flag", true, "layers", 1)))
                .hasMessage("configuration.layers: is only there when {model=net}. Leave it out.");
        assertThatThrownBy(() -> TREE.validate(Map.of("model", "svm", "flag", true)))
                .hasMessage("configuration.kernel: is missing.");
        assertThat(Space.parse(TREE.toMap())).isEqualTo(TREE);
        assertThat(TREE.sorted().names()).isSorted().hasSameSizeAs(TREE.names());
        assertThat(TREE.sorted()).isNotEqualTo(TREE);
    }

    @Test
    void aConditionalSpaceIsCountedThrough() {
        // given: svm has 1 + 4 points, net 2 + 4 + 2, none 1, and each with two flags
        long size = 2 * (1 + 4 + 2 + 4 + 2 + 1);

        // when
        List<Configuration> points =
                LongStream.range(0, size).mapToObj(TREE::at).toList();

        // then
        assertThat(TREE.size()).hasValue(size);
        assertThat(points).doesNotHaveDuplicates().allMatch(point -> TREE.contains(point.values()));
    }

    @Test
    void coordinatesOfWhatIsNotActiveAreNotNumbersAndAreIgnored() {
        // given
        SplittableRandom random = new SplittableRandom(5);

        for (int i = 0; i < 500; i++) {
            // when
            Configuration sample = TREE.sample(random);
            double[] unit = TREE.toUnit(sample);

            // then
            for (int j = 0; j < unit.length; j++) {
                boolean active = sample.values().containsKey(TREE.names().get(j));
                assertThat(Double.isNaN(unit[j])).isEqualTo(!active);
            }
            assertThat(TREE.fromUnit(unit)).isEqualTo(sample);
            double[] filled = Arrays.stream(unit)
                    .map(u -> Double.isNaN(u) ? random.nextDouble() : u)
                    .toArray();
            assertThat(TREE.fromUnit(filled)).isEqualTo(sample);
        }
        assertThatThrownBy(() -> TREE.fromUnit(new double[] {0, Double.NaN, 0, 0, 0, 0, 0}))
                .hasMessage("unit: coordinate 1, of the active model, is not a number.");
    }

    @Test
    void whoMayOpenParametersIsChecked() {
        assertThatThrownBy(() -> hanging(Map.of("float", List.of(0, 1)), Map.of("p", 1)))
                .hasMessageStartingWith("space.q.when.p: is a real number.");
        assertThatThrownBy(() -> hanging(Map.of("int", List.of(1, 9)), Map.of("p", 10)))
                .hasMessage("space.q.when.p: 10 is out of range [1, 9].");
        assertThatThrownBy(() -> hanging(Map.of("int", List.of(1, 9)), Map.of("p", Map.of("atLeast", 10))))
                .hasMessage("space.q.when.p: has no value that opens the parameter. Widen the bounds.");
        assertThatThrownBy(() -> hanging(Map.of("int", List.of(1, 9999)), Map.of("p", 10)))
                .hasMessageStartingWith("space.q.when.p: has 9999 values, more than 1000");
        assertThatThrownBy(() -> hanging(Map.of("ordinal", List.of("a")), Map.of("p", Map.of("atLeast", 1))))
                .hasMessage("space.q.when.p: has bounds, but is not an int. List the values instead.");
        assertThatThrownBy(() -> hanging(Map.of("int", List.of(1, 9)), Map.of("p", 1, "r", 2)))
                .hasMessageContaining("is not one parameter with its values");
    }

    private static Space hanging(Map<String, Object> parent, Map<String, Object> when) {
        return Space.parse(Map.of("p", parent, "q", Map.of("constant", 1, "when", when)));
    }

    @Test
    void aForeignConfigurationLosesWhatIsNotActiveHere() {
        // when
        Projection projection = TREE.project(Map.of("model", "net", "kernel", "poly", "units2", 2, "layers", 2));
        Projection other = TREE.project(Map.of("model", "forest", "degree", 4, "layers", 2));

        // then
        assertThat(projection.configuration().values())
                .isEqualTo(Map.of("model", "net", "layers", 2L, "units1", 2L, "units2", 2L, "flag", true));
        assertThat(projection.dropped()).isEqualTo(Map.of("kernel", "is only there when {model=svm}."));
        assertThat(projection.filled()).containsExactly("units1", "flag");
        assertThat(other.kept()).containsExactly("degree");
        assertThat(other.dropped()).containsOnlyKeys("model", "layers");
        assertThat(TREE.contains(other.configuration().values())).isTrue();
    }

    @Test
    void everyPriorThatHyperoptHasIsDrawnFrom() {
        // given
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("normal", Map.of("normal", List.of(3, 2)));
        map.put("qnormal", Map.of("normal", List.of(3, 2), "step", 0.5));
        map.put("lognormal", Map.of("lognormal", List.of(-1, 0.5)));
        map.put("qlognormal", Map.of("lognormal", List.of(2, 0.5), "step", 1));
        map.put("quniform", Map.of("float", List.of(0, 10), "step", 2.5));
        map.put("qloguniform", Map.of("float", List.of(1, 1000), "log", true, "step", 1));
        map.put("pchoice", Map.of("categorical", List.of("a", "b", "c"), "weights", List.of(1, 2, 7)));
        Space space = Space.parse(map);
        SplittableRandom random = new SplittableRandom(11);
        int n = 6000;

        // when
        Map<String, double[]> draws = new HashMap<>();
        map.keySet().forEach(name -> draws.put(name, new double[n]));
        for (int i = 0; i < n; i++) {
            Configuration sample = space.sample(random);
            assertThat(space.validate(sample.values())).isEqualTo(sample);
            for (String name : map.keySet()) {
                Object value = sample.values().get(name);
                draws.get(name)[i] = value instanceof Number number
                        ? number.doubleValue()
                        : List.of("a", "b", "c").indexOf(value);
            }
        }

        // then
        assertThat(mean(draws.get("normal"))).isCloseTo(3, within(0.08));
        assertThat(deviation(draws.get("normal"))).isCloseTo(2, within(0.05));
        assertThat(mean(draws.get("qnormal"))).isCloseTo(3, within(0.08));
        assertThat(draws.get("qnormal")).matches(all -> Arrays.stream(all).allMatch(x -> x * 2 == Math.rint(x * 2)));
        assertThat(mean(Arrays.stream(draws.get("lognormal")).map(Math::log).toArray()))
                .isCloseTo(-1, within(0.02));
        assertThat(mean(draws.get("qlognormal"))).isCloseTo(Math.exp(2.125), within(0.15));
        assertThat(mean(draws.get("quniform"))).isCloseTo(5, within(0.15));
        assertThat(Arrays.stream(draws.get("qloguniform")).sorted().toArray()[n / 2])
                .isCloseTo(Math.sqrt(0.5 * 1000.5), within(3.0));
        assertThat(Arrays.stream(draws.get("pchoice")).filter(x -> x == 2).count() / (double) n)
                .isCloseTo(0.7, within(0.02));
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(x -> (x - mean) * (x - mean))
                .average()
                .orElseThrow());
    }

    @Test
    void everyParameterGoesToTheUnitIntervalAndBack() {
        // given
        List<Parameter> parameters = List.of(
                NormalParameter.of(-3, 2),
                NormalParameter.log(1, 0.5),
                new NormalParameter(0, 1, false, OptionalDouble.of(0.25)),
                new NormalParameter(0, 1, true, OptionalDouble.of(0.5)),
                new FloatParameter(0.1, 100, true, OptionalDouble.of(0.1)),
                new IntParameter(32, 1024, true, 32),
                new IntParameter(1, 7, true, 3),
                OrdinalParameter.of("s", "m", "l"),
                new CategoricalParameter(List.of("a", "b", 3L), List.of(0.1, 5.0, 2.0)));

        for (Parameter parameter : parameters) {
            for (double u = 0; u <= 1; u += 1.0 / 512) {
                // when
                Object value = parameter.fromUnit(u);
                Object back = parameter.fromUnit(parameter.toUnit(value));

                // then
                assertThat(parameter.accept(value)).isEqualTo(value);
                Stretch stretch = parameter.stretch(value);
                if (parameter.size().isPresent()) {
                    assertThat(back).as("%s at %s", parameter, u).isEqualTo(value);
                    assertThat(u).isBetween(stretch.from() - 1e-9, stretch.to() + 1e-9);
                } else {
                    assertThat(((Number) back).doubleValue()).isCloseTo(((Number) value).doubleValue(), within(1e-6));
                }
            }
            if (parameter.size().isPresent() && parameter.size().getAsLong() < 2000) {
                double widths = LongStream.range(0, parameter.size().getAsLong())
                        .mapToDouble(i -> parameter.stretch(parameter.at(i)).width())
                        .sum();
                assertThat(widths).isCloseTo(1, within(1e-9));
            }
        }
    }

    @Test
    void aNormalParameterReachesSixDeviations() {
        // given
        Parameter parameter = NormalParameter.of(10, 2);

        // when / then
        assertThat((Double) parameter.fromUnit(0)).isCloseTo(-2, within(1e-6));
        assertThat((Double) parameter.fromUnit(1)).isCloseTo(22, within(1e-6));
        assertThat(parameter.middle()).isEqualTo(10.0);
        assertThatThrownBy(() -> parameter.accept(23)).hasMessageContaining("is out of reach [-2.0, 22.0]");
        assertThatThrownBy(() -> new NormalParameter(0, 1, false, OptionalDouble.of(0.5)).accept(0.3))
                .hasMessage("0.3 is not a multiple of 0.5.");
    }

    @Test
    void twoSpacesAreCompared() {
        // given
        Map<String, Object> old = new LinkedHashMap<>();
        old.put("rate", Map.of("float", List.of(0.01, 0.3)));
        old.put("leaves", Map.of("int", List.of(4, 256), "log", true));
        old.put("kind", Map.of("categorical", List.of("gbdt", "dart")));
        old.put("size", Map.of("ordinal", List.of("s", "m", "l")));
        old.put("bins", Map.of("constant", 63));
        old.put("lambda", Map.of("float", List.of(0, 1)));
        old.put("depth", Map.of("int", List.of(1, 9), "when", Map.of("kind", "gbdt")));
        old.put("same", Map.of("normal", List.of(0, 1)));
        Map<String, Object> now = new LinkedHashMap<>(old);
        now.put("rate", Map.of("float", List.of(0.02, 0.5), "log", true));
        now.put("leaves", Map.of("int", List.of(2, 512), "log", true));
        now.put("kind", Map.of("categorical", List.of("goss", "gbdt")));
        now.put("size", Map.of("ordinal", List.of("s", "l", "m", "xl")));
        now.put("bins", Map.of("constant", 127));
        now.remove("lambda");
        now.put("lambda_l2", Map.of("float", List.of(0, 1)));
        now.put("depth", Map.of("int", List.of(1, 9), "when", Map.of("kind", "goss")));

        // when
        SpaceComparison comparison = Space.parse(old).compare(Space.parse(now));

        // then
        assertThat(comparison.changes())
                .extracting(change -> change.name() + " " + change.kind())
                .containsExactly(
                        "rate NARROWED",
                        "rate WIDENED",
                        "rate RESCALED",
                        "leaves WIDENED",
                        "kind LOST_CATEGORIES",
                        "kind NEW_CATEGORIES",
                        "size NEW_CATEGORIES",
                        "size RESCALED",
                        "bins RETYPED",
                        "lambda REMOVED",
                        "lambda POSSIBLY_RENAMED",
                        "depth OTHER_CONDITION",
                        "lambda_l2 ADDED");
        assertThat(comparison.compatible()).isFalse();
        assertThat(comparison.of(SpaceComparison.Kind.POSSIBLY_RENAMED))
                .extracting(SpaceComparison.Change::detail)
                .containsExactly("is perhaps lambda_l2 now");
        assertThat(Space.parse(old).compare(Space.parse(old)).changes()).isEmpty();
    }

    @Test
    void aSpaceThatOnlyWidensIsCompatible() {
        // given
        Space small = Space.parse(Map.of("a", Map.of("int", List.of(2, 5)), "b", Map.of("categorical", List.of("x"))));
        Space large =
                Space.parse(Map.of("a", Map.of("int", List.of(1, 9)), "b", Map.of("categorical", List.of("y", "x"))));

        // when / then
        assertThat(small.compare(large).compatible()).isTrue();
        assertThat(large.compare(small).compatible()).isFalse();
        assertThat(stepped(2, 8).compare(stepped(0, 10)).compatible()).isTrue();
        assertThat(stepped(2, 8).compare(stepped(1, 10)).compatible()).isFalse();
    }

    private static Space stepped(int low, int high) {
        return Space.parse(Map.of(
                "i", Map.of("int", List.of(low, high), "step", 2),
                "f", Map.of("float", List.of(low / 10.0, high / 10.0), "step", 0.2)));
    }
}
