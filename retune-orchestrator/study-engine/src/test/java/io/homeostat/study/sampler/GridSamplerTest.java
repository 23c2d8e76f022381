package io.homeostat.study.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.homeostat.study.objective.Goal;
import io.homeostat.study.option.OptionException;
import io.homeostat.study.space.Configuration;
import io.homeostat.study.space.Space;
import io.homeostat.study.trial.FinishedTrial;
import io.homeostat.study.trial.History;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GridSamplerTest extends SamplerContract {

    @Override
    protected Sampler sampler() {
        return SamplerSpec.parse("grid").sampler();
    }

    @Override
    protected boolean drawsLots() {
        return false; // the order is drawn once, from the study's seed
    }

    private static Space space() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("rate", Map.of("float", List.of(0.001, 10), "log", true));
        map.put("depth", Map.of("int", List.of(1, 3)));
        map.put("kind", Map.of("categorical", List.of("a", "b")));
        map.put("share", Map.of("float", List.of(0, 1), "when", Map.of("kind", "b")));
        return Space.parse(map);
    }

    @Test
    void everyPointComesOnceAndThenItIsSaid() {
        // when: 5 rates × 3 depths × (a, or b with 5 shares)
        History trials = (History) run(space(), Goal.MINIMIZE, 4, 90, configuration -> 1);

        // then
        assertThat(trials.stream().map(FinishedTrial::configuration)).doesNotHaveDuplicates();
        assertThat(trials).allMatch(trial -> onGrid(trial.configuration().values()));
        Suggestion next = sampler().suggest(new SamplerRequest(space(), Goal.MINIMIZE, trials, List.of(), 4, 90));
        assertThat(next.reason()).isEqualTo("random: all 90 points of the grid are tried or running");
        assertThat(onGrid(next.configuration().values())).isFalse();
    }

    private static boolean onGrid(Map<String, Object> values) {
        double decade = Math.log10((Double) values.get("rate"));
        double quarter = 4 * (Double) values.getOrDefault("share", 0.0);
        return Math.abs(decade - Math.rint(decade)) < 1e-9 && quarter == Math.rint(quarter);
    }

    @Test
    void theOrderDependsOnTheSeedAndEarlyTrialsSeeSomeOfEverything() {
        // when
        List<FinishedTrial> one = run(space(), Goal.MINIMIZE, 1, 30, configuration -> 1);
        List<FinishedTrial> two = run(space(), Goal.MINIMIZE, 2, 30, configuration -> 1);

        // then
        assertThat(one).isNotEqualTo(two);
        assertThat(one.stream()
                        .map(trial -> trial.configuration().values().get("depth"))
                        .distinct())
                .hasSize(3);
        assertThat(one.stream()
                        .map(trial -> trial.configuration().values().get("rate"))
                        .distinct())
                .hasSize(5);
    }

    @Test
    void pointsThatOthersTriedArePassedOver() {
        // given
        Space space = finite(0, 9);
        List<FinishedTrial> tried = IntStream.range(0, 9)
                .mapToObj(x -> FinishedTrial.complete(x, space.validate(Map.of("x", x, "y", "c")), x))
                .toList();

        // when
        Suggestion last = sampler().suggest(new SamplerRequest(space, Goal.MINIMIZE, tried, List.of(), 0, 9));

        // then
        assertThat(last.configuration().values()).containsEntry("x", 9L);
        assertThat(last.reason()).matches("grid: point \\d+ of 10");
    }

    @Test
    void levelsCountAsAsked() {
        // given
        Space space = Space.parse(Map.of("x", Map.of("float", List.of(0, 1)), "z", Map.of("normal", List.of(0, 1))));

        // then
        for (int levels : new int[] {1, 2, 7}) {
            GridPoints grid = new GridPoints(space, levels, 3);
            List<Configuration> all = IntStream.range(0, levels * levels)
                    .mapToObj(grid::at)
                    .distinct()
                    .toList();
            assertThat(grid.size()).isEqualTo((long) levels * levels);
            assertThat(all).hasSize(levels * levels);
            assertThat(all).allMatch(point -> space.contains(point.values()));
        }
        assertThat(new GridPoints(space, 1, 3).at(0)).isEqualTo(space.middle());
        assertThatThrownBy(() -> SamplerSpec.parse(Map.of("grid", Map.of("levels", 0))))
                .isInstanceOf(OptionException.class)
                .hasMessage("sampler.grid.levels: 0 is not in [1, 1000].");
    }

    @Test
    void aGridTooLargeToCountIsSearchedAtRandom() {
        // given
        Map<String, Object> map = new LinkedHashMap<>();
        IntStream.range(0, 80).forEach(j -> map.put("x" + j, Map.of("float", List.of(0, 1))));
        Space space = Space.parse(map);

        // then
        assertThat(sampler()
                        .suggest(new SamplerRequest(space, Goal.MINIMIZE, List.of(), List.of(), 0, 0))
                        .reason())
                .isEqualTo("random: the grid has more points than can be counted");
    }
}
