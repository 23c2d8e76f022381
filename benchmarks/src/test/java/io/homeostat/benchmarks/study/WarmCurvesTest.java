package io.homeostat.benchmarks.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.homeostat.meta.similarity.ScaledDistance;
import io.homeostat.meta.transfer.Past;
import io.homeostat.meta.transfer.PastTask;
import io.homeostat.meta.transfer.Target;
import io.homeostat.study.space.Space;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WarmCurvesTest {
    private static final Space LINE = Space.parse(Map.of("x", Map.of("float", List.of(0, 1))));

    private static WarmFlows.Known known(String name) {
        Task task = new Task("flow", name, LINE, seed -> new Task.Instance(configuration -> 0, 0, 1));
        Target target = new Target(name, "flow", Map.of(), LINE);
        return new WarmFlows.Known(task, Past.of(target, List.of(), ScaledDistance.fit(List.of()), 1, PastTask::read));
    }

    /* 1 until a trial, and less from there on. */
    private static double[] falling(int trial, double to) {
        double[] regrets = new double[WarmCurves.TRIALS];
        Arrays.setAll(regrets, i -> i + 1 < trial ? 1 : to);
        return regrets;
    }

    @Test
    void countsTrialsTaskByTaskAndSeedBySeed() throws Exception {
        // given
        WarmFlows flows = new WarmFlows(Map.of("flow", List.of(known("easy"), known("hard"))));
        StudySettings settings = new StudySettings(2, 50, 1, List.of(), "", Path.of("none"), false);
        WarmCurves curves = new WarmCurves(flows, settings);
        curves.add("cold", known -> (task, seed) -> falling(30, 0.1));
        curves.add(
                "warm",
                known -> (task, seed) ->
                        task.task().name().equals("easy") ? falling(3 + (int) seed, 0.1) : falling(2, 0.2));

        // when
        List<int[]> trials = curves.trialsToEnd("warm", "", "cold");

        // then
        assertThat(trials).containsExactly(new int[] {3, 4}, new int[] {51, 51});
        assertThat(curves.after("warm", "flow", 3)).containsExactly((0.1 + 0.2) / 2, (1 + 0.2) / 2);
    }
}
